/**
 * Finds the extra candidates that prevent a board from being a bivalue universal grave. Without the
 * extra candidates, every empty cell would have two candidates, and every missing digit would have
 * two places in each unit.
 */
import { bitCount, digitsOf } from "../../board/bits.ts";
import type { Board } from "../../board/board.ts";

/**
 * Maps each cell that has extra candidates to the mask of these candidates. Returns undefined if
 * the board does not become a bivalue universal grave when the extra candidates are removed.
 */
export function findExtras(
  board: Board,
): ReadonlyMap<number, number> | undefined {
  const extras = uniqueExtras(board);
  return extras.size > 0 && isGrave(board, extras) ? extras : undefined;
}

/**
 * Finds the extra candidates. If a digit has more than two places in a unit, then it must be an
 * extra candidate in one of these places. This place must be a cell with more than two candidates.
 * If the unit has only one such cell, then the digit is an extra candidate in this cell. If there
 * are several such cells, then the places of the digit in other units may show in which of these
 * cells the digit is an extra candidate.
 */
function uniqueExtras(board: Board): Map<number, number> {
  const { shape, candidates } = board;
  const extras = new Map<number, number>();
  const rich = new Set<number>();
  let wanting = 0;
  for (let unit = 0; unit < shape.units.length; unit++) {
    for (let digit = 1; digit <= shape.size; digit++) {
      const positions = board.placesOf(unit, digit);
      if (positions === 0 || bitCount[positions] === 2) continue;
      const suspects = board.cellsAt(unit, positions)
        .filter((cell) => bitCount[candidates[cell]] > 2);
      const bit = 1 << (digit - 1);
      wanting |= bit;
      for (const cell of suspects) rich.add(cell);
      if (suspects.length !== 1) continue;
      const [cell] = suspects;
      extras.set(cell, (extras.get(cell) ?? 0) | bit);
    }
  }
  // If only one digit has too many places, then this digit is the extra candidate of every suspect
  // cell.
  if (bitCount[wanting] === 1) {
    for (const cell of rich) extras.set(cell, wanting);
  }
  return extras;
}

function isGrave(board: Board, extras: ReadonlyMap<number, number>): boolean {
  const { shape } = board;
  const rest = board.copy();
  for (const [cell, digits] of extras) rest.remove(cell, digits);
  const hasPairs = rest.values.every((value, cell) =>
    value > 0 || bitCount[rest.candidates[cell]] === 2
  );
  return hasPairs &&
    shape.units.every((_, unit) =>
      digitsOf((1 << shape.size) - 1).every((digit) => {
        const count = bitCount[rest.placesOf(unit, digit)];
        return count === 0 || count === 2;
      })
    );
}
