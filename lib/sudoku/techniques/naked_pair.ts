/** Naked pair (3.0): two cells of a unit hold the same two digits, so the rest of the unit cannot. */
import type { Technique } from "./step.ts";
import { nakedSubsets } from "./naked_subsets.ts";

const options = { technique: "Naked pair", rating: 3.0, size: 2 };

/** Two cells share two digits. */
export const nakedPair: Technique = {
  name: options.technique,
  rating: options.rating,
  steps: (board) => nakedSubsets(board, options),
};
