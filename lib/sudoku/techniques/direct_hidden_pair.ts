/** Direct hidden pair (2.0): two digits take two cells of a unit, and that leaves one cell for a third digit. */
import type { Technique } from "./step.ts";
import { hiddenSubsets } from "./hidden_subsets.ts";

const options = { technique: "Direct hidden pair", rating: 2.0, size: 2 };

/** Two digits share two cells of a unit and leave a single. */
export const directHiddenPair: Technique = {
  name: options.technique,
  rating: options.rating,
  steps: (board) => hiddenSubsets(board, options, true),
};
