/**
 * Finds conclusions that hold in every one of several cases, and conclusions that follow from
 * contradictions.
 *
 * Multiple forcing chains draw the same conclusion from every candidate of a cell, or from every
 * place of a digit in a unit. Dynamic forcing chains do this as well, but they remove the
 * candidates that are off in a case, which can create new links. They also draw conclusions that
 * hold regardless of whether a candidate is on or off, and conclusions that follow from
 * contradictions. Nishio finds contradictions through the links between the places of a single
 * digit.
 */
import { bitCount } from "../../board/bits.ts";
import type { Board } from "../../board/board.ts";
import type { Technique } from "../step.ts";
import {
  allCandidates,
  offerCellCases,
  offerUnitCases,
  rememberConsequences,
} from "./all_cases.ts";
import { type CaseSearch, offerCommon, offerContradiction } from "./cases.ts";
import { claimOf } from "./claims.ts";
import { type ConsequenceOptions, ConsequenceSearch } from "./consequence_search.ts";
import { EasiestChains } from "./easiest_chains.ts";

/**
 * Nishio assumes that a candidate is on or off, and follows the links of its digit until there is a
 * contradiction.
 */
export const nishioForcingChain: Technique = multipleChains({
  name: "Nishio",
  tenths: 75,
  prefix: "",
  links: { isDynamic: true, inCells: false },
  offer: offerNishio,
});

/**
 * In multiple forcing chains, all cases for a cell or a unit lead to the same conclusion. In each
 * case, the conclusion is reached by a chain in which each claim follows from a single other claim.
 */
export const multipleForcingChains: Technique = multipleChains({
  name: "Multiple forcing chains",
  tenths: 80,
  prefix: "Multiple ",
  links: { isDynamic: false, inCells: true },
  offer: offerMultiple,
});

/**
 * In dynamic forcing chains, each case also uses the new links that are created when candidates are
 * removed in this case.
 */
export const dynamicForcingChains: Technique = multipleChains({
  name: "Dynamic forcing chains",
  tenths: 85,
  prefix: "Dynamic ",
  links: { isDynamic: true, inCells: true },
  offer: offerDynamic,
});

interface Variant {
  readonly name: string;
  /** The rating in tenths, without the surcharge for the length of the chains. */
  readonly tenths: number;
  /** The prefix of the step names. */
  readonly prefix: string;
  /** Says which links the search follows. */
  readonly links: ConsequenceOptions;
  /**
   * Finds all conclusions of this technique, and offers them to the collection of easiest chains.
   */
  readonly offer: (search: CaseSearch, consequences: ConsequenceSearch) => void;
}

function multipleChains(
  { name, tenths, prefix, links, offer }: Variant,
): Technique {
  return {
    name,
    rating: tenths / 10,
    steps(board: Board) {
      const easiest = new EasiestChains();
      const search = { board, easiest, base: tenths, prefix };
      offer(search, new ConsequenceSearch(board, links));
      return easiest.steps();
    },
  };
}

function offerNishio(
  search: CaseSearch,
  consequences: ConsequenceSearch,
): void {
  for (const candidate of allCandidates(search.board)) {
    for (const on of [true, false]) {
      const found = consequences.from(claimOf(candidate, on));
      offerContradiction(search, found, "Nishio");
    }
  }
}

function offerMultiple(
  search: CaseSearch,
  consequences: ConsequenceSearch,
): void {
  const follow = rememberConsequences((claim) => consequences.from(claim));
  offerCellCases(search, follow, 3);
  offerUnitCases(search, follow);
}

function offerDynamic(
  search: CaseSearch,
  consequences: ConsequenceSearch,
): void {
  const { board, prefix } = search;
  const { size } = board.shape;
  const follow = rememberConsequences((claim) => consequences.from(claim));
  for (const candidate of allCandidates(board)) {
    const cell = Math.floor(candidate / size);
    const [on, off] = [true, false].map((is) => follow(claimOf(candidate, is)));
    for (const found of [on, off]) {
      offerContradiction(search, found, `${prefix}contradiction forcing chains`);
    }
    if (bitCount[board.candidates[cell]] > 2) {
      offerCommon(search, { cell, digit: candidate % size + 1 }, [on, off]);
    }
  }
  offerCellCases(search, follow, 2);
  offerUnitCases(search, follow);
}
