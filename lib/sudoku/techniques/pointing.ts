/** Pointing (2.6): a box has a digit in one line only, so the rest of the line cannot have it. */
import type { Technique } from "./step.ts";
import { lockedSteps } from "./locked_candidates.ts";

/** Locked candidates from a box to a line. */
export const pointing: Technique = {
  name: "Pointing",
  rating: 2.6,
  steps: (board) =>
    lockedSteps(board, {
      technique: "Pointing",
      rating: 2.6,
      from: "box",
      direct: false,
    }),
};
