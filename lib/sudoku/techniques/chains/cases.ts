/**
 * Draws conclusions that hold in every case. The cases are the candidates of a cell, the places of
 * a digit in a unit, or the two possibilities that a candidate is right or wrong. Also draws
 * conclusions from contradictions.
 */
import { bitCount, bitsOf } from "../../board/bits.ts";
import type { Board } from "../../board/board.ts";
import type { Candidate, CasesOver } from "../step_reason.ts";
import type { EasiestChains } from "./easiest_chains.ts";
import { chainOfEntry } from "./chain_links.ts";
import { lengthTenths } from "./claims.ts";
import { type Consequences, countClaims } from "./consequences.ts";

/** The values that all steps of a search share. */
export interface CaseSearch {
  readonly board: Board;
  readonly easiest: EasiestChains;
  /** The rating without the surcharge for length, in tenths. */
  readonly base: number;
  /** The prefix of the steps' names, such as "Dynamic ". */
  readonly prefix: string;
}

/** The kinds of conclusions, in Sudoku Explainer's order. Cycles and chains come between them. */
const kinds = { double: 1, cell: 5, unit: 6, contradiction: 7 } as const;

/** Offers the conclusions that follow in every one of the cases. */
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

/** Offers the opposite of an assumption that leads to a contradiction. */
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
  /** The number of candidates that are removed, which is 0 if nothing changes. */
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

/** Returns the numbers of a cell's candidates. */
export function candidatesOf(
  { shape, candidates }: Board,
  cell: number,
): readonly number[] {
  return Array.from(bitsOf[candidates[cell]], (bit) => cell * shape.size + bit);
}
