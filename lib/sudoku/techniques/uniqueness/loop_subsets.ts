/**
 * Finds the conclusions of type 3 for unique loops. If only two cells of a loop have candidates
 * other than the two digits of the loop, then at least one of these two cells must hold one of the
 * other candidates. So the two cells together act as one cell of a subset.
 */
import { bitCount, bitsOf, digitsOf, masksOfSize } from "../../board/bits.ts";
import type { Board } from "../../board/board.ts";
import { candidatesIn } from "../struck_candidates.ts";
import type { Conclusion } from "./conclusion.ts";
import { virtualSubsets } from "./virtual_subsets.ts";

/** Yields the conclusions that follow from naked and hidden subsets that include the two cells. */
export function* loopSubsets(
  board: Board,
  extra: readonly number[],
  pair: number,
  others: number,
): Generator<Conclusion> {
  const [first, second] = extra;
  for (const unit of board.shape.unitsOf[first]) {
    if (!board.shape.unitsOf[second].includes(unit)) continue;
    // If a naked subset has more than half of the empty cells in the unit, then the other empty
    // cells form a smaller hidden subset, and vice versa. So such large subsets are not searched
    // for.
    for (let size = 2; size * 2 <= board.emptyIn[unit]; size++) {
      const search = { unit, extra, pair, others, size };
      yield* nakedSubsets(board, search);
      if (size * 2 < board.emptyIn[unit]) yield* hiddenSubsets(board, search);
    }
  }
}

interface Search {
  readonly unit: number;
  readonly extra: readonly number[];
  readonly pair: number;
  readonly others: number;
  readonly size: number;
}

function* nakedSubsets(
  board: Board,
  { unit, extra, others, size }: Search,
): Generator<Conclusion> {
  const cell = { unit, cells: extra, digits: others, size };
  for (const subset of virtualSubsets(board, cell)) {
    yield { ...subset, type: 3, surcharge: size - 1 };
  }
}

function* hiddenSubsets(board: Board, search: Search): Generator<Conclusion> {
  const { unit, extra, pair, others, size } = search;
  const cells = board.shape.units[unit];
  const own = extra.reduce((mask, cell) => mask | 1 << cells.indexOf(cell), 0);
  const rest = maskOfDigits(board, unit) & ~pair & ~others;
  for (const more of masksOfSize[size - 2]) {
    if (more & ~rest) continue;
    const digits = more | pair;
    let positions = 0;
    for (const bit of bitsOf[digits]) {
      positions |= board.placesOf(unit, bit + 1);
    }
    positions &= ~own;
    // The digits need `size` cells. One of these cells is one of the loop's two cells, so the
    // digits must have exactly `size - 1` places in the other cells of the unit.
    if (bitCount[positions] !== size - 1) continue;
    const helpers = board.cellsAt(unit, positions);
    yield {
      type: 3,
      removals: candidatesIn(board, helpers, ~digits & 0x1ff),
      surcharge: size - 2,
      units: [unit],
      helpers,
      helperDigits: digitsOf(digits),
    };
  }
}

/** Returns the digits that the unit still lacks, as a mask. */
function maskOfDigits(board: Board, unit: number): number {
  let mask = 0;
  for (const cell of board.shape.units[unit]) mask |= board.candidates[cell];
  return mask;
}
