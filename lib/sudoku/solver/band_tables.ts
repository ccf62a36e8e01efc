/**
 * Builds the tables for the fast solver. A 27-bit word is a set of cells in a band (three rows of
 * nine cells): bit 9 · row + column stands for the cell in that row and column.
 *
 * A *strip* is the three cells shared by a row (or a column) and a box. In a band, a digit takes
 * three strips, one in each row and one in each box: a permutation of three elements. Nine bits,
 * one per strip, tell where the digit may be. A table with 512 entries then tells how rows and
 * boxes restrict each other. The same tables serve columns and boxes, with bands in place of rows
 * and columns in place of boxes. The idea comes from the bitboard solvers of Zhou Yundong and
 * Michael Deverin.
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
 * For each set of strips: the union of all permutations within the set, or 0 if there is none. Bit
 * 3 · row + box stands for the strip in that row and box.
 */
export const unionOfPermutations: Int32Array = tabulate(unitePermutations);

/** For each set of strips: all cells in the strips of its {@linkcode unionOfPermutations}. */
export const cellsOfUnion: Int32Array = tabulate((strips) => cellsOf(unitePermutations(strips)));

/** For each set of strips: all cells in the set. */
export const cellsOfStrips: Int32Array = tabulate(cellsOf);

/**
 * For each set of strips that is a union of permutations: the strips that all these permutations
 * share.
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
 * For each set of strips: all strips that share a row or a box with a different strip of the set.
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

/** Entry 3 · cell + band: the cells of the band that see the cell. */
export const peersInBand: Int32Array = tabulatePeers();

/** Entry 3 · cell + band: the cells of the band that do not see the cell. */
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
