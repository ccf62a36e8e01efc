/**
 * Draws conclusions that hold in every case. The cases are the candidates of a cell, the places of
 * a digit in a unit, or the two possibilities for a single candidate: right or wrong. This module
 * also draws conclusions from contradictions.
 */
import { bitCount, bitsOf } from "../../board/bits.ts";
import type { Board } from "../../board/board.ts";
import type { Candidate, CasesOver } from "../step_reason.ts";
import type { EasiestChains } from "./easiest_chains.ts";
import { chainOfEntry } from "./chain_links.ts";
import { lengthTenths } from "./claims.ts";
import { type Consequences, countClaims } from "./consequences.ts";

/** The values that are the same for all steps that a search finds. */
export interface CaseSearch {
  readonly board: Board;
  readonly easiest: EasiestChains;
  /** The rating in tenths, without the surcharge for the length of the chains. */
  readonly base: number;
  /** The prefix of the step names, such as "Dynamic ". */
  readonly prefix: string;
}

/**
 * The position of each kind of conclusion in Sudoku Explainer's order. Positions 2 to 4
 * belong to cycles and forcing chains (forcing_chains.ts).
 */
const kinds = { double: 1, cell: 5, unit: 6, contradiction: 7 } as const;

/**
 * Finds the conclusions that follow in every case, and offers them to the collection of easiest
 * chains.
 */
export function offerCommon(
  search: CaseSearch,
  over: CasesOver,
  cases: readonly Consequences[],
): void {
  const { base, easiest } = search;
  const name = "unit" in over ? "unit" : "digit" in over ? "double" : "cell";
  const kind = kinds[name];
  const fewest = cases.reduce((a, b) => a.claims.length <= b.claims.length ? a : b);
  for (const claim of fewest.claims) {
    let atLeast = 0;
    let isCommon = true;
    for (const found of cases) {
      const entry = found.entryOf[claim];
      if (entry < 0) {
        isCommon = false;
        break;
      }
      atLeast += found.atLeast[entry];
    }
    if (!isCommon || !easiest.mayWin({ base, claims: atLeast, kind })) continue;
    offer(search, { over, name, claim }, cases);
  }
}

interface Common {
  readonly over: CasesOver;
  readonly name: keyof typeof kinds;
  readonly claim: number;
}

function offer(
  search: CaseSearch,
  { over, name, claim }: Common,
  cases: readonly Consequences[],
): void {
  const { base, board, easiest, prefix } = search;
  const effect = effectOf(board, claim);
  const claims = cases.reduce(
    (sum, found) => sum + countClaims(found, found.entryOf[claim]),
    0,
  );
  easiest.offer({ base, claims, kind: kinds[name] }, effect.size, () => {
    const chains = cases.map((found) => chainOfEntry(board, found, found.entryOf[claim]));
    return {
      technique: `${prefix}${name} forcing chains`,
      rating: (base + lengthTenths(claims)) / 10,
      placements: effect.placements,
      removals: effect.removals,
      cells: [...new Set(chains.flat().map(({ cell }) => cell))],
      units: "unit" in over ? [over.unit] : [],
      presumesUniqueness: false,
      size: board.shape.size,
      reason: { kind: "cases", over, chains },
    };
  });
}

/**
 * If an assumption leads to a contradiction, then the opposite of the assumption is true. Offers
 * this conclusion to the collection of easiest chains.
 */
export function offerContradiction(
  search: CaseSearch,
  found: Consequences,
  technique: string,
): void {
  if (!found.contradiction) return;
  const { base, board, easiest } = search;
  const [on, off] = found.contradiction;
  const kind = kinds.contradiction;
  const atLeast = found.atLeast[on] + found.atLeast[off];
  if (!easiest.mayWin({ base, claims: atLeast, kind })) return;
  const claims = countClaims(found, on) + countClaims(found, off);
  const effect = effectOf(board, found.claims[0] ^ 1);
  easiest.offer({ base, claims, kind }, effect.size, () => {
    const chains = [on, off].map((entry) => chainOfEntry(board, found, entry));
    return {
      technique,
      rating: (base + lengthTenths(claims)) / 10,
      placements: effect.placements,
      removals: effect.removals,
      cells: [...new Set(chains.flat().map(({ cell }) => cell))],
      units: [],
      presumesUniqueness: false,
      size: board.shape.size,
      reason: { kind: "contradiction", chains },
    };
  });
}

interface Effect {
  readonly placements: readonly Candidate[];
  readonly removals: readonly Candidate[];
  /**
   * The number of candidates that the conclusion rules out in its cell. It is 0 if the conclusion
   * changes nothing.
   */
  readonly size: number;
}

function effectOf({ shape, candidates }: Board, claim: number): Effect {
  const candidate = claim >> 1;
  const cell = Math.floor(candidate / shape.size);
  const target = { cell, digit: candidate % shape.size + 1 };
  if ((claim & 1) === 0) return { placements: [], removals: [target], size: 1 };
  const size = bitCount[candidates[cell]] - 1;
  return { placements: [target], removals: [], size };
}

/**
 * Returns the numbers of a cell's candidates. The number of a candidate is size · cell + digit − 1.
 */
export function candidatesOf(
  { shape, candidates }: Board,
  cell: number,
): readonly number[] {
  return Array.from(bitsOf[candidates[cell]], (bit) => cell * shape.size + bit);
}
