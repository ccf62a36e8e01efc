/**
 * Builds the tables for the fast solver, which stores the places of one digit in one band (three
 * rows of nine) as a 27-bit word: bit 9 · row + column.
 *
 * A *strip* is the three cells shared by a row (or a column) and a box. In a band, a digit is in
 * three strips, one in each row and one in each box: a permutation of three elements. So nine bits
 * (one per strip, set if the digit may be in it) say everything about how rows and boxes interact,
 * and a table with 512 entries gives the result. Columns and boxes interact in the same way, with
 * bands instead of rows. The idea comes from Zhou Yundong's and Michael Deverin's bitboard solvers;
 * the tables are built here from the definition.
 */

import { shapeOf } from "../board/shape.ts";

const permutations = [
  [0, 1, 2],
  [0, 2, 1],
  [1, 0, 2],
  [1, 2, 0],
  [2, 0, 1],
  [2, 1, 0],
];

/** All 27 cells of a band. */
export const allCells = 0x7ffffff;

/**
 * For each set of strips (bit 3 · row + box): the strips that belong to a permutation within the
 * set, or 0 if it contains no permutation.
 */
export const unionOfPermutations: Int32Array = tabulate(unitePermutations);

/** For each set of strips: the cells of the strips in {@linkcode unionOfPermutations}. */
export const cellsOfUnion: Int32Array = tabulate((strips) => cellsOf(unitePermutations(strips)));

/** For each set of strips: all their cells. */
export const cellsOfStrips: Int32Array = tabulate(cellsOf);

/** For each set of strips that is a union of permutations: the strips that are in all of them. */
export const certainStrips: Int32Array = tabulate((strips) => {
  let certain = 0;
  for (let strip = 0; strip < 9; strip++) {
    const bit = 1 << strip;
    if ((strips & bit) !== 0 && unitePermutations(strips & ~bit) === 0) {
      certain |= bit;
    }
  }
  return certain;
});

/** For each set of strips: all strips that share a row or a box with one of them. */
export const rivalsOfStrips: Int32Array = tabulate((strips) => {
  let rivals = 0;
  for (let strip = 0; strip < 9; strip++) {
    if ((strips >> strip & 1) === 0) continue;
    const row = 7 << strip - strip % 3;
    const box = 0o111 << strip % 3;
    rivals |= (row | box) & ~(1 << strip);
  }
  return rivals;
});

/** The entry at 3 · cell + band is the set of the band's cells that see the cell. */
export const peersInBand: Int32Array = tabulatePeers();

/** The entry at 3 · cell + band is the set of the band's cells that do not see the cell. */
export const keptInBand: Int32Array = peersInBand.map((peers) => allCells & ~peers);

function tabulate(entry: (strips: number) => number): Int32Array {
  return Int32Array.from({ length: 512 }, (_, strips) => entry(strips));
}

function unitePermutations(strips: number): number {
  let union = 0;
  for (const [first, second, third] of permutations) {
    const permutation = 1 << first | 8 << second | 64 << third;
    if ((strips & permutation) === permutation) union |= permutation;
  }
  return union;
}

function cellsOf(strips: number): number {
  let cells = 0;
  for (let strip = 0; strip < 9; strip++) {
    if ((strips >> strip & 1) !== 0) cells |= 7 << 3 * strip;
  }
  return cells;
}

function tabulatePeers(): Int32Array {
  const { peers } = shapeOf(9);
  const table = new Int32Array(81 * 3);
  for (let cell = 0; cell < 81; cell++) {
    for (const peer of peers[cell]) {
      table[3 * cell + Math.floor(peer / 27)] |= 1 << peer % 27;
    }
  }
  return table;
}
