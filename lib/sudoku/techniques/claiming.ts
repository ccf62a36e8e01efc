/** Claiming (2.8): a line has a digit in one box only, so the rest of the box cannot have it. */
import type { Technique } from "./step.ts";
import { lockedSteps } from "./locked_candidates.ts";

/** Locked candidates from a line to a box. */
export const claiming: Technique = {
  name: "Claiming",
  rating: 2.8,
  steps: (board) =>
    lockedSteps(board, {
      technique: "Claiming",
      rating: 2.8,
      from: "line",
      direct: false,
    }),
};
