/**
 * Uses strips to exclude candidates. A strip is the three cells that a row or a column
 * shares with a box, so each strip holds exactly three digits.
 *
 * If only three digits are possible in a strip, then the strip holds all three. If three digits are
 * certain to be in a strip, then the strip holds no other digit. The second rule proves that
 * Norvig's impossible grid has no solution. The solver Tdoku (T. Dillon) applies both rules at
 * every node of its search. Most puzzles gain little from the rules, so the fast solver applies
 * them only if a search is unusually long or no cell has exactly two candidates.
 *
 * A set of strips is a word of 27 bits. In a set of row strips, bit `9 * band + 3 * row + box`
 * stands for the strip in that row and box of the band. In a set of column strips, bit
 * `9 * stack + 3 * band + column` stands for the strip in that column of the stack and in that
 * band.
 */
import { stripsOf } from "./band_propagation.ts";
import {
  allCells as allStrips,
  cellsOfStrips,
  certainStrips,
  rivalsOfStrips,
} from "./band_tables.ts";

/**
 * Applies both rules for strips, and removes each digit from the strips that cannot hold the digit.
 *
 * @param state the array that holds the state; changed in place. The last call of
 * {@linkcode propagate} for this state must have returned true.
 * @param top the index in the array at which the state starts
 * @returns the digits that lost possible cells, with one bit per digit, or −1 if the state
 * contradicts itself
 */
export function excludeByStrips(state: Int32Array, top: number): number {
  const inRows = new Int32Array(9);
  const inColumns = new Int32Array(9);
  for (let digit = 0; digit < 9; digit++) {
    const word = top + 3 * digit;
    for (let band = 0; band < 3; band++) {
      const cells = state[word + band];
      inRows[digit] |= stripsOf(cells) << 9 * band;
      inColumns[digit] |= stripsInColumns(cells) << 3 * band;
    }
  }
  if (!exclude(inRows) || !exclude(inColumns)) return -1;
  let changed = 0;
  for (let digit = 0; digit < 9; digit++) {
    if ((inRows[digit] | inColumns[digit]) === 0) continue;
    changed |= 1 << digit;
    const word = top + 3 * digit;
    for (let band = 0; band < 3; band++) {
      state[word + band] &= ~(cellsOfStrips[inRows[digit] >> 9 * band & 511] |
        cellsInColumns(inColumns[digit] >> 3 * band));
    }
  }
  return changed;
}

/**
 * Finds, for each digit, the strips from which the two rules exclude the digit.
 *
 * @param possible for each digit, the strips that may contain the digit. When the function returns,
 * the array contains, for each digit, the strips from which the rules exclude the digit.
 * @returns false if a strip has fewer than three possible digits or more than three certain digits
 */
function exclude(possible: Int32Array): boolean {
  const certain = possible.map(certainInEach);
  const some = countToFour(possible);
  const sure = countToFour(certain);
  if (some.three !== allStrips || sure.four !== 0) return false;
  const tight = some.three & ~some.four;
  const full = sure.three;
  for (let digit = 0; digit < 9; digit++) {
    const strips = possible[digit];
    possible[digit] = strips &
      (full & ~certain[digit] | rivalsInEach(strips & tight));
  }
  return true;
}

/**
 * Returns the strips that belong to at least three of the nine sets, and the strips that belong to
 * at least four of the nine sets.
 */
function countToFour(sets: Int32Array): { three: number; four: number } {
  let one = 0, two = 0, three = 0, four = 0;
  for (const set of sets) {
    four |= three & set;
    three |= two & set;
    two |= one & set;
    one |= set;
  }
  return { three, four };
}

function certainInEach(strips: number): number {
  return certainStrips[strips & 511] |
    certainStrips[strips >> 9 & 511] << 9 |
    certainStrips[strips >> 18] << 18;
}

function rivalsInEach(strips: number): number {
  return rivalsOfStrips[strips & 511] |
    rivalsOfStrips[strips >> 9 & 511] << 9 |
    rivalsOfStrips[strips >> 18] << 18;
}

/**
 * Returns the column strips of a band that contain any of the given cells. In the result, the
 * strips of a stack are three adjacent bits, and the bits of the next stack start nine bits later.
 */
function stripsInColumns(cells: number): number {
  const columns = cells | cells >> 9 | cells >> 18;
  return columns & 7 | (columns & 56) << 6 | (columns & 448) << 12;
}

/**
 * Returns all cells of the given column strips in a band. The bits of `strips` are arranged in the
 * same way as in the result of {@linkcode stripsInColumns}.
 */
function cellsInColumns(strips: number): number {
  const columns = strips & 7 | strips >> 6 & 56 | strips >> 12 & 448;
  return columns | columns << 9 | columns << 18;
}
