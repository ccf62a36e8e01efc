/** Naked quad (5.0): four cells of a unit hold four digits between them, so the rest of the unit cannot. */
import type { Technique } from "./step.ts";
import { nakedSubsets } from "./naked_subsets.ts";

const options = { technique: "Naked quad", rating: 5.0, size: 4 };

/** Four cells share four digits. */
export const nakedQuad: Technique = {
  name: options.technique,
  rating: options.rating,
  steps: (board) => nakedSubsets(board, options),
};
