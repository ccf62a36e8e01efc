/**
 * Finds the extra candidates of a bivalue universal grave. If these were removed, every empty cell
 * would have two candidates, and every missing digit would have two places in each unit.
 */
import { bitCount, digitsOf } from "../../board/bits.ts";
import type { Board } from "../../board/board.ts";

/**
 * Returns, for each cell with extra candidates, the mask of its extras. Returns undefined if the
 * board does not become the pattern by removing extras.
 */
export function findExtras(
  board: Board,
): ReadonlyMap<number, number> | undefined {
  const extras = uniqueExtras(board);
  return extras.size > 0 && isGrave(board, extras) ? extras : undefined;
}

/**
 * If a digit has more than two places in a unit, it must be an extra in one of them. That cell must
 * have more than two candidates. If there is only one such cell, the extra is found. If there are
 * several, the digit's places in other units must show in which cell it is the extra.
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
  // If only one digit has too many places, it is the extra of every suspect.
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
