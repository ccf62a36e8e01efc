/** Type 3 of bivalue universal graves: the cells with extras act as one cell of a naked subset. */
import { bitCount, bitsOf, digitsOf, masksOfSize } from "../bits.ts";
import type { Board } from "../board.ts";
import type { GraveResult } from "./bivalue_universal_grave.ts";

/** Subsets of a unit that all the cells with extras are in. */
export function* graveSubsets(
  board: Board,
  cells: readonly number[],
  extras: number,
): Generator<GraveResult> {
  for (const unit of board.shape.unitsOf[cells[0]]) {
    if (!cells.every((cell) => board.shape.unitsOf[cell].includes(unit))) {
      continue;
    }
    for (let size = 2; size <= 6; size++) {
      yield* subsetsIn(board, { unit, cells, extras, size });
    }
  }
}

interface Search {
  readonly unit: number;
  readonly cells: readonly number[];
  readonly extras: number;
  readonly size: number;
}

function* subsetsIn(
  board: Board,
  { unit, cells, extras, size }: Search,
): Generator<GraveResult> {
  const own = board.shape.units[unit];
  let free = 0;
  own.forEach((cell, position) => {
    if (board.candidates[cell] > 0 && !cells.includes(cell)) {
      free |= 1 << position;
    }
  });
  for (const positions of masksOfSize[size - 1]) {
    if (positions & ~free) continue;
    let digits = extras;
    for (const bit of bitsOf[positions]) digits |= board.candidates[own[bit]];
    if (bitCount[digits] !== size) continue;
    const victims = board.cellsAt(unit, free & ~positions);
    yield {
      type: 3,
      rating: (56 + size) / 10,
      removals: victims.flatMap((cell) =>
        digitsOf(board.candidates[cell] & digits).map((digit) => ({
          cell,
          digit,
        }))
      ),
      units: [unit],
      helpers: board.cellsAt(unit, positions),
      helperDigits: digitsOf(digits),
    };
  }
}
