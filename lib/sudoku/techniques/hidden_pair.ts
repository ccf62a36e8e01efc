/** Hidden pair (3.4): two digits fit two cells of a unit only, so these cells take nothing else. */
import type { Technique } from "./step.ts";
import { hiddenSubsets } from "./hidden_subsets.ts";

const options = { technique: "Hidden pair", rating: 3.4, size: 2 };

/** Two digits share two cells of a unit. */
export const hiddenPair: Technique = {
  name: options.technique,
  rating: options.rating,
  steps: (board) => hiddenSubsets(board, options),
};
