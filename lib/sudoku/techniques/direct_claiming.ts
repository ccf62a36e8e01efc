/** Direct claiming (1.9): a line has a digit in one box only, and that leaves one cell for it in a parallel line. */
import type { Technique } from "./step.ts";
import { lockedSteps } from "./locked_candidates.ts";

/** Locked candidates from a line to a box, where that leaves a single. */
export const directClaiming: Technique = {
  name: "Direct claiming",
  rating: 1.9,
  steps: (board) =>
    lockedSteps(board, {
      technique: "Direct claiming",
      rating: 1.9,
      from: "line",
      direct: true,
    }),
};
