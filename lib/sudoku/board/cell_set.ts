/**
 * Defines sets of cells. A set consists of three words of 27 bits, so intersecting two sets takes
 * three operations.
 */
import type { Board } from "./board.ts";
import { bitsOf } from "./bits.ts";
import { perSize, type Shape } from "./shape.ts";

/** A set of cells. A cell is in the set if bit `cell % 27` of word `floor(cell / 27)` is set. */
export type CellSet = readonly [number, number, number];

const peerSets = perSize(({ peers }) => peers.map(cellSetOf));

/** Returns the set that contains the given cells. */
export function cellSetOf(cells: Iterable<number>): CellSet {
  const words: [number, number, number] = [0, 0, 0];
  for (const cell of cells) words[Math.floor(cell / 27)] |= 1 << cell % 27;
  return words;
}

/**
 * Returns the cells of a set in ascending order.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * assertEquals(cellsOf(cellSetOf([80, 3])), [3, 80]);
 * ```
 */
export function cellsOf(set: CellSet): readonly number[] {
  const cells: number[] = [];
  set.forEach((word, index) => {
    for (let rest = word; rest; rest &= rest - 1) {
      cells.push(index * 27 + 31 - Math.clz32(rest & -rest));
    }
  });
  return cells;
}

/**
 * Returns the cells that see all the given cells. Two cells see each other if they share a unit.
 */
export function seenByAll(shape: Shape, cells: readonly number[]): CellSet {
  return cells.map((cell) => peerSets[shape.size][cell]).reduce(intersection);
}

/** Returns the empty cells that have the given digit as a candidate. */
export function holdersOf(board: Board, digit: number): CellSet {
  const { size, rows } = board.shape;
  const cells: number[] = [];
  for (let row = 0; row < size; row++) {
    for (const column of bitsOf[board.placesOf(row, digit)]) {
      cells.push(rows[row][column]);
    }
  }
  return cellSetOf(cells);
}

/** Returns the cells that are in both sets. */
export function intersection(a: CellSet, b: CellSet): CellSet {
  return [a[0] & b[0], a[1] & b[1], a[2] & b[2]];
}

/** Returns the cells that are in at least one of the two sets. */
export function union(a: CellSet, b: CellSet): CellSet {
  return [a[0] | b[0], a[1] | b[1], a[2] | b[2]];
}

/** Returns the cells of the first set that are not in the second. */
export function difference(a: CellSet, b: CellSet): CellSet {
  return [a[0] & ~b[0], a[1] & ~b[1], a[2] & ~b[2]];
}

/** Returns whether two sets have a cell in common. */
export function intersects(a: CellSet, b: CellSet): boolean {
  return ((a[0] & b[0]) | (a[1] & b[1]) | (a[2] & b[2])) !== 0;
}

/** Returns whether a set is empty. */
export function isEmpty(set: CellSet): boolean {
  return (set[0] | set[1] | set[2]) === 0;
}

/** Returns whether a set has at least two cells. */
export function hasTwo([a, b, c]: CellSet): boolean {
  const filled = (a ? 1 : 0) + (b ? 1 : 0) + (c ? 1 : 0);
  return filled > 1 ||
    ((a & (a - 1)) | (b & (b - 1)) | (c & (c - 1))) !== 0;
}

/** Returns the number of cells in a set. */
export function countCells(set: CellSet): number {
  let count = 0;
  for (const word of set) {
    for (let rest = word; rest; rest &= rest - 1) count++;
  }
  return count;
}
