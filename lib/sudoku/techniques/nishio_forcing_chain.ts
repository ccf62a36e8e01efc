/** Nishio (7.5 and up): a candidate that, with the links of its digit alone, leads to a contradiction. */
import type { Technique } from "./step.ts";
import { allCandidates } from "./chains/all_cases.ts";
import { EasiestChains } from "./chains/easiest_chains.ts";
import { offerContradiction } from "./chains/cases.ts";
import { claimOf } from "./chains/claims.ts";
import { ConsequenceSearch } from "./chains/consequence_search.ts";

/** One digit is followed until it breaks a rule. */
export const nishioForcingChain: Technique = {
  name: "Nishio",
  rating: 7.5,
  steps(board) {
    const easiest = new EasiestChains();
    const search = { board, easiest, base: 75, prefix: "" };
    const consequences = new ConsequenceSearch(board, {
      isDynamic: true,
      inCells: false,
    });
    for (const candidate of allCandidates(board)) {
      for (const on of [true, false]) {
        const found = consequences.from(claimOf(candidate, on));
        offerContradiction(search, found, "Nishio");
      }
    }
    return easiest.steps();
  },
};
