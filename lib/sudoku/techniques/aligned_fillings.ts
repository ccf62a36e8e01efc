/** Goes through the ways to fill two or three cells. Only aligned_exclusion.ts uses this module. */
import type { Board } from "../board/board.ts";

/**
 * Returns one bit mask for each of the cells to fill. A cell's mask contains a digit if at least
 * one allowed way to fill all the cells puts this digit in the cell. A way to fill the cells is
 * allowed if it breaks no rule and leaves at least one candidate for each excluder.
 *
 * @param excluders the candidates of each excluder, as a bit mask; an excluder is a cell that sees
 * all the cells to fill
 */
export function possibleDigits(
  board: Board,
  cells: readonly number[],
  excluders: readonly number[],
): readonly number[] {
  const possible = cells.map(() => 0);
  for (let index = 0; index < cells.length; index++) {
    for (let rest = board.candidates[cells[index]]; rest; rest &= rest - 1) {
      const bit = rest & -rest;
      if (possible[index] & bit) continue;
      const chosen = cells.map((_, other) => other === index ? bit : 0);
      if (!fill({ board, cells, excluders, chosen }, 0)) continue;
      chosen.forEach((each, other) => possible[other] |= each);
    }
  }
  return possible;
}

interface Filling {
  readonly board: Board;
  readonly cells: readonly number[];
  /** The candidates of each excluder, as a bit mask; at least one of them must remain. */
  readonly excluders: readonly number[];
  /** The digit that is chosen for each cell, as a single bit, or 0 if no digit is chosen yet. */
  readonly chosen: number[];
}

/**
 * Fills the cells from the given index onwards without breaking the rules. Returns false if there
 * is no allowed way to fill the cells.
 */
function fill(filling: Filling, index: number): boolean {
  const { board, cells, excluders, chosen } = filling;
  if (index === cells.length) {
    let used = 0;
    for (const bit of chosen) used |= bit;
    return excluders.every((candidates) => (candidates & ~used) !== 0);
  }
  if (chosen[index] !== 0) return fill(filling, index + 1);
  for (let rest = board.candidates[cells[index]]; rest; rest &= rest - 1) {
    chosen[index] = rest & -rest;
    if (!repeats(filling, index) && fill(filling, index + 1)) return true;
  }
  chosen[index] = 0;
  return false;
}

function repeats({ board, cells, chosen }: Filling, index: number): boolean {
  const { sees, shape } = board;
  return chosen.some((bit, other) =>
    other !== index && bit === chosen[index] &&
    sees[cells[other] * shape.cellCount + cells[index]] === 1
  );
}
