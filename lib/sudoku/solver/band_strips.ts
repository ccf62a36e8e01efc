/**
 * What follows from the size of a strip, the three cells that a line shares with a box: it holds
 * exactly three digits.
 *
 * So a strip with three possible digits holds them all, and a strip that three digits cannot do
 * without holds no other. The second is what makes Norvig's impossible grid impossible. Tdoku (T.
 * Dillon) has these rules at every node of its search; most puzzles gain little by them, so the
 * fast solver asks only where it would otherwise be lost.
 *
 * The strips of all three bands are a 27-bit word, 9 · band + 3 · row + box; those of the columns
 * are one too, 9 · stack + 3 · band + column.
 */
import { stripsOf } from "./band_propagation.ts";
import {
  allCells as allStrips,
  cellsOfStrips,
  certainStrips,
  rivalsOfStrips,
} from "./band_tables.ts";

/**
 * Takes from the digits what the size of strips excludes.
 *
 * @param state words that {@linkcode propagate} has settled, changed in place
 * @param top where the state starts
 * @returns the digits that lost places, a bit each; −1 when the state contradicts itself
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
 * @param possible by digit: the strips that it may be in; replaced by those that it can now be seen
 * not to be in
 * @returns false when a strip has too few or too many digits
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

/** The strips that at least three, and at least four, of nine sets hold. */
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

/** The strips of a band's columns that hold a cell, three bits for each stack, nine apart. */
function stripsInColumns(cells: number): number {
  const columns = cells | cells >> 9 | cells >> 18;
  return columns & 7 | (columns & 56) << 6 | (columns & 448) << 12;
}

/** The cells of a band in strips of columns, which {@linkcode stripsInColumns} has arranged. */
function cellsInColumns(strips: number): number {
  const columns = strips & 7 | strips >> 6 & 56 | strips >> 12 & 448;
  return columns | columns << 9 | columns << 18;
}
