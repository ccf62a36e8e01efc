/** Naked triple (3.6): three cells of a unit hold three digits between them, so the rest of the unit cannot. */
import type { Technique } from "./step.ts";
import { nakedSubsets } from "./naked_subsets.ts";

const options = { technique: "Naked triple", rating: 3.6, size: 3 };

/** Three cells share three digits. */
export const nakedTriple: Technique = {
  name: options.technique,
  rating: options.rating,
  steps: (board) => nakedSubsets(board, options),
};
