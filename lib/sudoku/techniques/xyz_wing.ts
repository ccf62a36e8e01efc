/** XYZ-wing (4.4): a pivot xyz and two pincers xz and yz; one of the three holds z. */
import type { Technique } from "./step.ts";
import { type WingOptions, wingSteps } from "./three_cell_wings.ts";

const options: WingOptions = {
  technique: "XYZ-wing",
  rating: 4.4,
  pivotSize: 3,
};

/** A wing whose pivot has three candidates. */
export const xyzWing: Technique = {
  name: options.technique,
  rating: options.rating,
  steps: (board) => wingSteps(board, options),
};
