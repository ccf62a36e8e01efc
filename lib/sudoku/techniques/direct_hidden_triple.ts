/** Direct hidden triple (2.5): three digits take three cells of a unit, and that leaves one cell for a fourth digit. */
import type { Technique } from "./step.ts";
import { hiddenSubsets } from "./hidden_subsets.ts";

const options = { technique: "Direct hidden triple", rating: 2.5, size: 3 };

/** Three digits share three cells of a unit and leave a single. */
export const directHiddenTriple: Technique = {
  name: options.technique,
  rating: options.rating,
  steps: (board) => hiddenSubsets(board, options, true),
};
