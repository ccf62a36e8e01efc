/**
 * Multiple forcing chains (8.0 and up): one conclusion from every candidate of a cell, or from every place of a digit in
 * a unit, each by a chain of single claims.
 */
import type { Technique } from "./step.ts";
import {
  offerCellCases,
  offerUnitCases,
  rememberConsequences,
} from "./chains/all_cases.ts";
import { EasiestChains } from "./chains/easiest_chains.ts";
import { ConsequenceSearch } from "./chains/consequence_search.ts";

/** All cases of a cell or unit agree. */
export const multipleForcingChains: Technique = {
  name: "Multiple forcing chains",
  rating: 8.0,
  steps(board) {
    const easiest = new EasiestChains();
    const search = { board, easiest, base: 80, prefix: "Multiple " };
    const consequences = new ConsequenceSearch(board, {
      isDynamic: false,
      inCells: true,
    });
    const follow = rememberConsequences((claim) => consequences.from(claim));
    offerCellCases(search, follow, 3);
    offerUnitCases(search, follow);
    return easiest.steps();
  },
};
