/**
 * Finds WXYZ-wings and VWXYZ-wings, also known as ALS-XZ with a bivalue cell. An almost locked set
 * consists of n cells in one unit that have n + 1 different candidates between them. The technique
 * combines such a set with a partner, which is a cell with exactly two candidates, both of them
 * digits of the set. A digit is linked if it cannot be in both the set and the partner. If one
 * candidate of the partner is linked, then the partner's other candidate must be in the set or in
 * the partner. If both candidates of the partner are linked, then each of the n + 1 digits must be
 * placed in a cell of the set or in the partner.
 *
 * The ratings are those of the program Sukaku Explainer, because the original Sudoku Explainer does
 * not have these techniques.
 */
import { bitCount, bitsOf, digitsOf, masksOfSize } from "../board/bits.ts";
import type { Board } from "../board/board.ts";
import type { Step, Technique } from "./step.ts";
import type { Candidate } from "./step_reason.ts";
import { EasiestFinds } from "./easiest_finds.ts";

/**
 * Finds WXYZ-wings. A WXYZ-wing consists of a partner and a set of three cells, with four different
 * digits in all.
 */
export const wxyzWing: Technique = almostLockedWing({
  name: "WXYZ-wing",
  cells: 3,
  ratingOf: (richest) => richest === 3 ? 5.6 : 5.5,
});

/**
 * Finds VWXYZ-wings. A VWXYZ-wing consists of a partner and a set of four cells, with five
 * different digits in all.
 */
export const vwxyzWing: Technique = almostLockedWing({
  name: "VWXYZ-wing",
  cells: 4,
  // The rating is highest if the cell with the most candidates has three candidates, because such a
  // wing is the hardest to see.
  ratingOf: (richest) => (64 - Math.abs(3 - richest)) / 10,
});

interface Variant {
  readonly name: string;
  /** The number of cells in the set. */
  readonly cells: number;
  /**
   * Returns the rating of a wing. The parameter `richest` is the largest number of candidates that
   * a cell of the set has.
   */
  ratingOf(richest: number): number;
}

function almostLockedWing(variant: Variant): Technique {
  const { name, cells, ratingOf } = variant;
  // The value of `richest` is at least 2, and at most the number of digits in the set.
  const ratings = Array.from(
    { length: cells },
    (_, more) => ratingOf(2 + more),
  );
  return {
    name,
    rating: Math.min(...ratings),
    steps: (board) => almostLockedSteps(board, variant),
  };
}

function almostLockedSteps(board: Board, variant: Variant): readonly Step[] {
  const easiest = new EasiestFinds<Step>();
  for (const set of almostLockedSets(board, variant.cells)) {
    for (let partner = 0; partner < board.shape.cellCount; partner++) {
      const candidates = board.candidates[partner];
      if (bitCount[candidates] !== 2 || (candidates & ~set.digits)) continue;
      if (set.cells.includes(partner)) continue;
      const step = wingStep(board, set, partner, variant);
      if (step) easiest.offer(step.rating, step.removals.length, step);
    }
  }
  return easiest.all();
}

interface AlmostLockedSet {
  readonly unit: number;
  readonly cells: readonly number[];
  readonly digits: number;
}

function* almostLockedSets(
  board: Board,
  count: number,
): Generator<AlmostLockedSet> {
  const { shape, candidates } = board;
  for (let unit = 0; unit < shape.units.length; unit++) {
    const cells = shape.units[unit];
    let empty = 0;
    cells.forEach((cell, position) => {
      if (bitCount[candidates[cell]] > 1) empty |= 1 << position;
    });
    for (const positions of masksOfSize[count]) {
      if (positions & ~empty) continue;
      let digits = 0;
      for (const position of bitsOf[positions]) {
        digits |= candidates[cells[position]];
      }
      if (bitCount[digits] !== count + 1) continue;
      yield { unit, cells: board.cellsAt(unit, positions), digits };
    }
  }
}

function wingStep(
  board: Board,
  set: AlmostLockedSet,
  partner: number,
  { name, ratingOf }: Variant,
): Step | undefined {
  const shared = digitsOf(board.candidates[partner]);
  const linked = shared.filter((digit) =>
    holders(board, set, digit).every((cell) => sees(board, partner, cell))
  );
  if (linked.length === 0) return undefined;
  const removals = removalsOf(board, set, partner, linked);
  if (removals.length === 0) return undefined;
  const sizes = set.cells.map((cell) => bitCount[board.candidates[cell]]);
  return {
    technique: name,
    rating: ratingOf(Math.max(...sizes)),
    placements: [],
    removals,
    cells: [...set.cells, partner],
    units: [set.unit],
    presumesUniqueness: false,
    size: board.shape.size,
    reason: {
      kind: "almost locked set",
      set: set.cells,
      digits: digitsOf(set.digits),
      partner,
      linked,
    },
  };
}

function holders(
  board: Board,
  set: AlmostLockedSet,
  digit: number,
): readonly number[] {
  return set.cells.filter((cell) => board.candidates[cell] >> (digit - 1) & 1);
}

function removalsOf(
  board: Board,
  set: AlmostLockedSet,
  partner: number,
  linked: readonly number[],
): readonly Candidate[] {
  const shared = board.candidates[partner];
  const isDouble = linked.length === 2;
  const removals: Candidate[] = [];
  for (const digit of digitsOf(isDouble ? set.digits : shared)) {
    if (!isDouble && digit === linked[0]) continue;
    const seen = [...holders(board, set, digit)];
    if (shared >> (digit - 1) & 1) seen.push(partner);
    for (let cell = 0; cell < board.shape.cellCount; cell++) {
      if (!(board.candidates[cell] >> (digit - 1) & 1)) continue;
      if (set.cells.includes(cell) || cell === partner) continue;
      if (seen.every((other) => sees(board, cell, other))) {
        removals.push({ cell, digit });
      }
    }
  }
  return removals;
}

function sees({ shape, sees }: Board, first: number, second: number): boolean {
  return sees[first * shape.cellCount + second] === 1;
}
