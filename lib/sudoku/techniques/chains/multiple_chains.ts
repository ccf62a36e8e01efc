/**
 * Dynamic forcing chains (8.5 and up): as multiple forcing chains, but what a case strikes opens new links. Also one
 * conclusion from a candidate and from its opposite, and contradictions.
 */
import { bitCount } from "../../board/bits.ts";
import type { Technique } from "../step.ts";
import {
  allCandidates,
  type Follow,
  offerCellCases,
  offerUnitCases,
  rememberConsequences,
} from "./all_cases.ts";
import { EasiestChains } from "./easiest_chains.ts";
import { type CaseSearch, offerCommon, offerContradiction } from "./cases.ts";
import { claimOf } from "./claims.ts";
import { ConsequenceSearch } from "./consequence_search.ts";

/** Cases followed with everything that they strike. */
export const dynamicForcingChains: Technique = {
  name: "Dynamic forcing chains",
  rating: 8.5,
  steps(board) {
    const easiest = new EasiestChains();
    const search = { board, easiest, base: 85, prefix: "Dynamic " };
    const consequences = new ConsequenceSearch(board, {
      isDynamic: true,
      inCells: true,
    });
    const follow = rememberConsequences((claim) => consequences.from(claim));
    offerDynamic(search, follow);
    return easiest.steps();
  },
};

/** Offers all that dynamic chains conclude. */
export function offerDynamic(search: CaseSearch, follow: Follow): void {
  const { board, prefix } = search;
  const { size } = board.shape;
  for (const candidate of allCandidates(board)) {
    const cell = Math.floor(candidate / size);
    const [on, off] = [true, false].map((is) => follow(claimOf(candidate, is)));
    offerContradiction(search, on, `${prefix}contradiction forcing chains`);
    offerContradiction(search, off, `${prefix}contradiction forcing chains`);
    if (bitCount[board.candidates[cell]] > 2) {
      offerCommon(search, { cell, digit: candidate % size + 1 }, [on, off]);
    }
  }
  offerCellCases(search, follow, 2);
  offerUnitCases(search, follow);
}
