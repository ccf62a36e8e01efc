/**
 * Builds the tables that the fast solver uses. A set of cells in a band (three rows of nine cells)
 * is a word of 27 bits: bit `9 * row + column` stands for the cell in that row and column of the
 * band.
 *
 * A *strip* is the three cells that a row (or a column) shares with a box. In a band, a digit is in
 * three of the nine strips. Each row and each box contains exactly one of these three strips, so
 * the strips form a permutation of three elements. Nine bits, one for each strip, record which
 * strips may contain the digit. A table with one entry for each of the 512 sets of strips tells how
 * rows and boxes restrict each other.
 *
 * The same tables also show how columns and boxes restrict each other in a stack (three columns of
 * nine cells). In this case, bands take the place of rows, and columns take the place of boxes. The
 * idea comes from the bitboard solvers of Zhou Yundong and Michael Deverin.
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
 * For each set of strips, the union of all permutations that the set contains, or 0 if it contains
 * no permutation. Bit `3 * row + box` of a set stands for the strip in that row and box.
 */
export const unionOfPermutations: Int32Array = tabulate(unitePermutations);

/**
 * Maps each set of strips to the cells covered by the strips that {@linkcode unionOfPermutations}
 * gives for that set.
 */
export const cellsOfUnion: Int32Array = tabulate((strips) => cellsOf(unitePermutations(strips)));

/** For each set of strips, all cells of the strips in the set. */
export const cellsOfStrips: Int32Array = tabulate(cellsOf);

/**
 * For each set of strips that is a union of permutations, the strips that belong to every
 * permutation in the set.
 */
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

/**
 * For each set of strips, its rivals: a strip is a rival if another strip in the same row or the
 * same box is in the set.
 */
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

/**
 * The entry at index `3 * cell + band` holds all other cells of the band that share a row, a column
 * or a box with the cell.
 */
export const peersInBand: Int32Array = tabulatePeers();

/**
 * The entry at index `3 * cell + band` holds all cells of the band that are not in the entry of
 * {@linkcode peersInBand} at the same index. If the cell is in the band, then the entry contains
 * the cell too.
 */
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
