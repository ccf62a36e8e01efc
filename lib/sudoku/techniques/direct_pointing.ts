/** Direct pointing (1.7): a box has a digit in one line only, and that leaves one cell for it in another box of the line. */
import type { Technique } from "./step.ts";
import { lockedSteps } from "./locked_candidates.ts";

/** Locked candidates from a box to a line, where that leaves a single. */
export const directPointing: Technique = {
  name: "Direct pointing",
  rating: 1.7,
  steps: (board) =>
    lockedSteps(board, {
      technique: "Direct pointing",
      rating: 1.7,
      from: "box",
      direct: true,
    }),
};
