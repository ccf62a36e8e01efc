/** WXYZ-wing (5.5 or 5.6): an almost locked set of three cells and a cell with two of its digits. */
import type { Technique } from "./step.ts";
import {
  type AlmostLockedOptions,
  almostLockedSteps,
} from "./almost_locked_wings.ts";

const options: AlmostLockedOptions = {
  technique: "WXYZ-wing",
  cells: 3,
  ratingOf: (richest) => richest === 3 ? 5.6 : 5.5,
};

/** Four cells, four digits. */
export const wxyzWing: Technique = {
  name: options.technique,
  rating: 5.5,
  steps: (board) => almostLockedSteps(board, options),
};
