/**
 * Naked subsets that several cells are part of as if they were one: one of them holds one of some
 * digits, nobody knows which. Type 3 of unique loops and of bivalue universal graves.
 */
import { bitCount, bitsOf, digitsOf, masksOfSize } from "../../board/bits.ts";
import type { Board } from "../../board/board.ts";
import type { Candidate } from "../step_reason.ts";
import { candidatesIn } from "../struck_candidates.ts";

/** What is looked for. */
export interface VirtualCell {
  /** That all the cells are in. */
  readonly unit: number;
  readonly cells: readonly number[];
  /** What one of them holds, as a mask. */
  readonly digits: number;
  /** Of the subset, the virtual cell among its cells. */
  readonly size: number;
}

/** A subset: its other cells, its digits, and what it strikes. */
export interface VirtualSubset {
  readonly units: readonly [number];
  readonly helpers: readonly number[];
  readonly helperDigits: readonly number[];
  readonly removals: readonly Candidate[];
}

/** Every such subset, whether it strikes anything or not. */
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
