/**
 * Defines the boards, which come in three sizes.
 *
 * Cells are numbered row by row from 0. Units are numbered from 0 as well: first the rows, then the
 * columns, then the boxes. The terms come from Norvig's "Solving Every Sudoku Puzzle": a unit is a
 * row, a column or a box, and the peers of a cell are the other cells in its units.
 */

/**
 * The size of a board: the number of its rows, which is also the number of columns, boxes and
 * different digits.
 */
export type Size = 4 | 6 | 9;

/** All sizes, in ascending order. */
export const sizes: readonly Size[] = [4, 6, 9];

/**
 * The layout of a board, without digits. There is only one object for each size, so you can compare
 * shapes with `===`.
 */
export interface Shape {
  /** The number of rows, which is also the number of columns, boxes and digits. */
  readonly size: Size;
  /** The number of rows in a box. */
  readonly boxHeight: number;
  /** The number of columns in a box. */
  readonly boxWidth: number;
  /** The number of cells. */
  readonly cellCount: number;
  /** The cells of each row, from left to right. */
  readonly rows: readonly Uint8Array[];
  /** The cells of each column, from top to bottom. */
  readonly columns: readonly Uint8Array[];
  /** The cells of each box, row by row. The boxes are also numbered row by row. */
  readonly boxes: readonly Uint8Array[];
  /** All units: first the rows, then the columns, then the boxes. */
  readonly units: readonly Uint8Array[];
  /** The row, column and box of each cell, as indices into {@linkcode units}. */
  readonly unitsOf: readonly Uint8Array[];
  /** The peers of each cell, which are the other cells in its units, in ascending order. */
  readonly peers: readonly Uint8Array[];
}

const shapes: Readonly<Record<Size, Shape>> = Object.freeze({
  4: buildShape(4, 2, 2),
  6: buildShape(6, 2, 3),
  9: buildShape(9, 3, 3),
});

/**
 * Returns the shape of the board with the given size. The boxes are 2 x 2 for size 4, 2 high and 3
 * wide for size 6, and 3 x 3 for size 9.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { shapeOf } from "@sudogan/sudogan/sudoku";
 * assertEquals([...shapeOf(4).peers[0]], [1, 2, 3, 4, 5, 8, 12]);
 * ```
 */
export function shapeOf(size: Size): Shape {
  return shapes[size];
}

/**
 * Returns the name of a cell, such as r1c1. The name counts rows and columns from 1.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { cellName, shapeOf } from "@sudogan/sudogan/sudoku";
 * assertEquals(cellName(shapeOf(9), 80), "r9c9");
 * ```
 */
export function cellName({ size }: Shape, cell: number): string {
  return `r${Math.floor(cell / size) + 1}c${cell % size + 1}`;
}

/** Calls `build` once for each board size, and returns the resulting tables, keyed by size. */
export function perSize<Table>(
  build: (shape: Shape) => Table,
): Readonly<Record<Size, Table>> {
  return Object.freeze({
    4: build(shapeOf(4)),
    6: build(shapeOf(6)),
    9: build(shapeOf(9)),
  });
}

function buildShape(size: Size, boxHeight: number, boxWidth: number): Shape {
  const cellCount = size * size;
  const cells = Array.from({ length: cellCount }, (_, cell) => cell);
  const unitsOf = cells.map((cell) => {
    const [row, column] = [Math.floor(cell / size), cell % size];
    const box = Math.floor(row / boxHeight) * boxHeight +
      Math.floor(column / boxWidth);
    return Uint8Array.of(row, size + column, 2 * size + box);
  });
  const units = Array.from(
    { length: 3 * size },
    (_, unit) => Uint8Array.from(cells.filter((cell) => unitsOf[cell].includes(unit))),
  );
  return Object.freeze({
    size,
    boxHeight,
    boxWidth,
    cellCount,
    rows: Object.freeze(units.slice(0, size)),
    columns: Object.freeze(units.slice(size, 2 * size)),
    boxes: Object.freeze(units.slice(2 * size)),
    units: Object.freeze(units),
    unitsOf: Object.freeze(unitsOf),
    peers: Object.freeze(unitsOf.map((own, cell) => peersOf(cell, own, units))),
  });
}

function peersOf(
  cell: number,
  own: Uint8Array,
  units: readonly Uint8Array[],
): Uint8Array {
  const seen = new Set([...own].flatMap((unit) => [...units[unit]]));
  seen.delete(cell);
  return Uint8Array.from(seen).sort();
}
