/**
 * Finds naked subsets in which several cells act as one virtual cell. At least one of these cells
 * must hold a digit from a given set, but we don't know which cell. Unique loops of type 3 and
 * bivalue universal graves of type 3 use such subsets.
 */
import { bitCount, bitsOf, digitsOf, masksOfSize } from "../../board/bits.ts";
import type { Board } from "../../board/board.ts";
import type { Candidate } from "../step_reason.ts";
import { candidatesIn } from "../struck_candidates.ts";

/** Describes the cells that act as one virtual cell, and the subset to look for. */
export interface VirtualCell {
  /** The unit that contains all cells of the subset. */
  readonly unit: number;
  readonly cells: readonly number[];
  /** The possible digits of the virtual cell, as a mask. */
  readonly digits: number;
  /** The number of cells in the subset, counting the virtual cell as one cell. */
  readonly size: number;
}

/**
 * A subset that has been found. `helpers` are the cells of the subset besides the virtual cell, and
 * `helperDigits` are the digits of the subset.
 */
export interface VirtualSubset {
  readonly units: readonly [number];
  readonly helpers: readonly number[];
  readonly helperDigits: readonly number[];
  readonly removals: readonly Candidate[];
}

/**
 * Yields every naked subset that includes the virtual cell, even if the subset removes no
 * candidates.
 */
export function* virtualSubsets(
  board: Board,
  { unit, cells, digits, size }: VirtualCell,
): Generator<VirtualSubset> {
  const own = board.shape.units[unit];
  let free = 0;
  own.forEach((cell, position) => {
    if (board.candidates[cell] > 0 && !cells.includes(cell)) {
      free |= 1 << position;
    }
  });
  for (const positions of masksOfSize[size - 1]) {
    if (positions & ~free) continue;
    let all = digits;
    for (const bit of bitsOf[positions]) all |= board.candidates[own[bit]];
    if (bitCount[all] !== size) continue;
    const victims = board.cellsAt(unit, free & ~positions);
    yield {
      units: [unit],
      helpers: board.cellsAt(unit, positions),
      helperDigits: digitsOf(all),
      removals: candidatesIn(board, victims, all),
    };
  }
}
