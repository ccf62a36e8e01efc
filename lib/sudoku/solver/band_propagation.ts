/**
 * Applies three techniques until nothing changes: naked singles, hidden singles and locked
 * candidates.
 *
 * A state of the search is a section of an Int32Array. The word at index `3 * digit + band` is the
 * set of the cells in the band that may hold the digit (see band_tables.ts). Digits are counted
 * from 0.
 *
 * The fast solver spends most of its time in this file, about half a microsecond per node of the
 * search. For this reason, the functions are long and process many bits at once.
 */
import * as tables from "./band_tables.ts";

// V8 inlines a module's private constants into the compiled code, but it reads imported and
// exported constants at each use. The private copies below save a third of the time that this
// module takes.
const allCells = 0x7ffffff;
const { cellsOfUnion, keptInBand, unionOfPermutations } = tables;
const decided = 27;
const bivalues = 30;

/**
 * The index in a state at which three words begin, one word per band. The words mark the cells
 * whose digit is known and from which all other digits have been removed.
 */
export const decidedAt = decided;

/**
 * The index in a state at which three words begin, one word per band. The words mark the cells that
 * have exactly two candidates. The words are up to date after a call of {@linkcode propagate}.
 */
export const bivaluesAt = bivalues;

/** The number of words in a state. */
export const wordsInState = 33;

// Each of these constants is a set of cells in a band: the cells in the first column, in the last
// column, or in all columns but the last.
const firstColumn = 1 | 1 << 9 | 1 << 18;
const lastColumn = firstColumn << 8;
const otherColumns = allCells & ~lastColumn;

// In stripBits, bit `3 * i` is set for each strip i. In gatheredBits, the first three bits of each
// row are set.
const stripBits = 0o111111111;
const gatheredBits = 7 * firstColumn;

/**
 * Applies all techniques of this file until nothing changes.
 *
 * @param state the array that holds the state; changed in place
 * @param top the index in the array at which the state starts
 * @param dirty the digits that have lost possible cells since the last call, with one bit per digit
 * @returns false if the state contradicts itself
 */
export function propagate(
  state: Int32Array,
  top: number,
  dirty: number,
): boolean {
  for (;;) {
    while (dirty !== 0) {
      const digit = 31 - Math.clz32(dirty);
      const others = settleDigit(state, top, digit);
      if (others < 0) return false;
      dirty = dirty & ~(1 << digit) | others;
    }
    for (let band = 0; band < 3; band++) {
      const changed = decideNakedSingles(state, top, band);
      if (changed < 0) return false;
      dirty |= changed;
    }
    if (dirty === 0) return true;
  }
}

/**
 * Restricts one digit with the tables of band_tables.ts, first in rows and boxes, then in columns
 * and boxes, and repeats this until nothing changes. Then finds the cells in which the digit is a
 * hidden single, and removes all other digits from these cells.
 *
 * @returns the digits that lost possible cells, with one bit per digit, or −1 if no cell of some
 * unit may hold `digit`
 */
function settleDigit(state: Int32Array, top: number, digit: number): number {
  const word = top + 3 * digit;
  let cells0 = state[word], cells1 = state[word + 1], cells2 = state[word + 2];
  for (;;) {
    cells0 &= cellsOfUnion[stripsOf(cells0)];
    cells1 &= cellsOfUnion[stripsOf(cells1)];
    cells2 &= cellsOfUnion[stripsOf(cells2)];
    const columns0 = columnsOf(cells0);
    const columns1 = columnsOf(cells1);
    const columns2 = columnsOf(cells2);
    const left = columns0 & 7 | (columns1 & 7) << 3 | (columns2 & 7) << 6;
    const middle = columns0 >> 3 & 7 | columns1 & 56 | (columns2 & 56) << 3;
    const right = columns0 >> 6 | columns1 >> 6 << 3 | columns2 & 448;
    const newLeft = unionOfPermutations[left];
    const newMiddle = unionOfPermutations[middle];
    const newRight = unionOfPermutations[right];
    if (newLeft === 0 || newMiddle === 0 || newRight === 0) return -1;
    if (newLeft === left && newMiddle === middle && newRight === right) break;
    const kept0 = newLeft & 7 | (newMiddle & 7) << 3 | (newRight & 7) << 6;
    const kept1 = newLeft >> 3 & 7 | newMiddle & 56 | (newRight & 56) << 3;
    const kept2 = newLeft >> 6 | newMiddle >> 6 << 3 | newRight & 448;
    cells0 &= kept0 | kept0 << 9 | kept0 << 18;
    cells1 &= kept1 | kept1 << 9 | kept1 << 18;
    cells2 &= kept2 | kept2 << 9 | kept2 << 18;
  }
  state[word] = cells0;
  state[word + 1] = cells1;
  state[word + 2] = cells2;
  const new0 = singlesInRows(cells0) & ~state[top + decided];
  const new1 = singlesInRows(cells1) & ~state[top + decided + 1];
  const new2 = singlesInRows(cells2) & ~state[top + decided + 2];
  if ((new0 | new1 | new2) === 0) return 0;
  state[top + decided] |= new0;
  state[top + decided + 1] |= new1;
  state[top + decided + 2] |= new2;
  let changed = 0;
  for (let other = top, bit = 1; bit < 512; other += 3, bit <<= 1) {
    if (other === word) continue;
    const lost0 = state[other] & new0;
    const lost1 = state[other + 1] & new1;
    const lost2 = state[other + 2] & new2;
    if ((lost0 | lost1 | lost2) === 0) continue;
    state[other] ^= lost0;
    state[other + 1] ^= lost1;
    state[other + 2] ^= lost2;
    changed |= bit;
  }
  return changed;
}

/** Returns the strips of a band that contain any of the given cells. */
export function stripsOf(cells: number): number {
  const gathered = (cells | cells >> 1 | cells >> 2) & stripBits;
  const rows = (gathered | gathered >> 2 | gathered >> 4) & gatheredBits;
  return (rows | rows >> 6 | rows >> 12) & 511;
}

function columnsOf(cells: number): number {
  return (cells | cells >> 9 | cells >> 18) & 511;
}

/**
 * Returns each cell of the set `cells` that is the only cell of this set in its row of the band.
 * Each row must contain a given cell; otherwise the subtraction would borrow from the next row.
 * Columns and boxes need no separate check: after the tables have been applied, a cell that is the
 * only given cell in its column or box is also the only given cell in its row.
 */
function singlesInRows(cells: number): number {
  const several = cells & (cells - firstColumn);
  const rows = lastColumn &
    ~((several & otherColumns) + otherColumns | several);
  return cells & ((rows << 1) - (rows >> 8));
}

/**
 * In a band, fills each cell that has only one candidate, and marks each cell that has exactly two
 * candidates.
 *
 * @returns the digits that lost possible cells, with one bit per digit, or −1 if some cell has no
 * candidate
 */
function decideNakedSingles(
  state: Int32Array,
  top: number,
  band: number,
): number {
  let once = 0, twice = 0, thrice = 0;
  for (let word = top + band; word < top + 27; word += 3) {
    const cells = state[word];
    thrice |= twice & cells;
    twice |= once & cells;
    once |= cells;
  }
  if (once !== allCells) return -1;
  state[top + bivalues + band] = twice & ~thrice;
  const naked = once & ~twice & ~state[top + decided + band];
  if (naked === 0) return 0;
  state[top + decided + band] |= naked;
  let changed = 0;
  for (let digit = 0; digit < 9; digit++) {
    const word = top + 3 * digit;
    let left = state[word + band] & naked;
    if (left !== 0) changed |= 1 << digit;
    while (left !== 0) {
      const index = 31 - Math.clz32(left);
      left ^= 1 << index;
      const row = 81 * band + 3 * index;
      state[word] &= keptInBand[row];
      state[word + 1] &= keptInBand[row + 1];
      state[word + 2] &= keptInBand[row + 2];
    }
  }
  return changed;
}

/**
 * Returns whether any cell of a state has exactly two candidates. The result is up to date after a
 * call of {@linkcode propagate}.
 */
export function hasBivalue(state: Int32Array, top: number): boolean {
  const first = top + bivalues;
  return (state[first] | state[first + 1] | state[first + 2]) !== 0;
}
