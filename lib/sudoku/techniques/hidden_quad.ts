/** Hidden quad (5.4): four digits fit four cells of a unit only, so these cells take nothing else. */
import type { Technique } from "./step.ts";
import { hiddenSubsets } from "./hidden_subsets.ts";

const options = { technique: "Hidden quad", rating: 5.4, size: 4 };

/** Four digits share four cells of a unit. */
export const hiddenQuad: Technique = {
  name: options.technique,
  rating: options.rating,
  steps: (board) => hiddenSubsets(board, options),
};
