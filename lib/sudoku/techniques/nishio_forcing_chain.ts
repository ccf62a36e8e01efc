/** Nishio (7.5 and up): a candidate that, with the links of its digit alone, leads to a contradiction. */
import type { Step, Technique } from "../step.ts";
import { allCandidates } from "./chains/all_cases.ts";
import { BestChain } from "./chains/best_chain.ts";
import { offerContradiction } from "./chains/cases.ts";
import { claimOf } from "./chains/claims.ts";
import { ConsequenceSearch } from "./chains/consequences.ts";

/** One digit is followed until it breaks a rule. */
export const nishioForcingChain: Technique = {
  name: "Nishio",
  rating: 7.5,
  find(board) {
    const easiest = new BestChain<() => Step>();
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
    return easiest.best?.();
  },
};
