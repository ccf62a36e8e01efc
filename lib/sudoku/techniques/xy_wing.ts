/** XY-wing (4.2): a pivot xy and two pincers xz and yz; one of the pincers holds z. */
import type { Technique } from "./step.ts";
import { type WingOptions, wingSteps } from "./three_cell_wings.ts";

const options: WingOptions = {
  technique: "XY-wing",
  rating: 4.2,
  pivotSize: 2,
};

/** A wing whose pivot has two candidates. */
export const xyWing: Technique = {
  name: options.technique,
  rating: options.rating,
  steps: (board) => wingSteps(board, options),
};
