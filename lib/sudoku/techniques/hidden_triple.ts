/** Hidden triple (4.0): three digits fit three cells of a unit only, so these cells take nothing else. */
import type { Technique } from "./step.ts";
import { hiddenSubsets } from "./hidden_subsets.ts";

const options = { technique: "Hidden triple", rating: 4.0, size: 3 };

/** Three digits share three cells of a unit. */
export const hiddenTriple: Technique = {
  name: options.technique,
  rating: options.rating,
  steps: (board) => hiddenSubsets(board, options),
};
