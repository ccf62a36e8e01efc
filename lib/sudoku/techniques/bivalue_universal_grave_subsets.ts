/** Type 3 of bivalue universal graves: the cells with extras act as one cell of a naked subset. */
import type { Board } from "../board/board.ts";
import type { GraveResult } from "./uniqueness/bivalue_universal_grave.ts";
import { virtualSubsets } from "./uniqueness/virtual_subsets.ts";

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
      const cell = { unit, cells, digits: extras, size };
      for (const subset of virtualSubsets(board, cell)) {
        yield { ...subset, type: 3, rating: (56 + size) / 10 };
      }
    }
  }
}
