/** VWXYZ-wing (6.2 to 6.4): an almost locked set of four cells and a cell with two of its digits. */
import type { Technique } from "./step.ts";
import {
  type AlmostLockedOptions,
  almostLockedSteps,
} from "./almost_locked_wings.ts";

const options: AlmostLockedOptions = {
  technique: "VWXYZ-wing",
  cells: 4,
  // Hardest to see where the richest cell has a middling number of candidates.
  ratingOf: (richest) => (64 - Math.abs(3 - richest)) / 10,
};

/** Five cells, five digits. */
export const vwxyzWing: Technique = {
  name: options.technique,
  rating: 6.2,
  steps: (board) => almostLockedSteps(board, options),
};
