/** Defines grids of digits and checks them against the rules. */
import { cellName, type Shape, shapeOf, type Size } from "./shape.ts";
import { SudokuError } from "./sudoku_error.ts";

/**
 * The digits on a board. Several grids may share one array of values, so copy the array before you
 * change it.
 */
export interface Grid {
  /** The shape of the board. */
  readonly shape: Shape;
  /** The digit in each cell, or 0 if the cell is empty. */
  readonly values: Uint8Array;
}

/** Thrown when a string or a list of digits is not a grid, or when a grid breaks a rule. */
export class GridError extends SudokuError {
  /** The name of the class, which appears in stack traces. */
  override name = "GridError";
}

/** Two cells in the same unit that hold the same digit. */
export interface Conflict {
  /** The digit that both cells hold. */
  readonly digit: number;
  /** The two cells, in ascending order. */
  readonly cells: readonly [number, number];
  /** The unit that contains both cells, as an index into {@linkcode Shape.units}. */
  readonly unit: number;
}

/**
 * Creates a grid from digits.
 *
 * @param values the digit in each cell, or 0 if the cell is empty
 * @throws {GridError} if the number of values is wrong, or if a value is neither 0 nor a digit of
 * the board
 */
export function gridOf(size: Size, values: ArrayLike<number>): Grid {
  const shape = shapeOf(size);
  if (values.length !== shape.cellCount) {
    throw new GridError(
      `A ${size}x${size} grid has ${shape.cellCount} cells; found ${values.length}.`,
    );
  }
  for (let cell = 0; cell < values.length; cell++) {
    const value = values[cell];
    if (!Number.isInteger(value) || value < 0 || value > size) {
      throw new GridError(
        `A cell of a ${size}x${size} grid must hold 1 to ${size}, or 0 if it is empty; found ` +
          `${value} in ${cellName(shape, cell)}.`,
      );
    }
  }
  return { shape, values: Uint8Array.from(values) };
}

/**
 * Returns the first conflict in the order of the units, or undefined if there is no conflict.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { findConflict, gridOf } from "@sudogan/sudogan/sudoku";
 * const grid = gridOf(4, [1, 0, 0, 1, ...new Array(12).fill(0)]);
 * assertEquals(findConflict(grid), { digit: 1, cells: [0, 3], unit: 0 });
 * ```
 */
export function findConflict({ shape, values }: Grid): Conflict | undefined {
  const cellOf = new Int8Array(shape.size + 1);
  for (let unit = 0; unit < shape.units.length; unit++) {
    cellOf.fill(-1);
    for (const cell of shape.units[unit]) {
      const digit = values[cell];
      if (digit === 0) continue;
      if (cellOf[digit] >= 0) {
        return { digit, cells: [cellOf[digit], cell], unit };
      }
      cellOf[digit] = cell;
    }
  }
  return undefined;
}

/**
 * Checks that a grid does not break any rules.
 *
 * @throws {GridError} if two cells conflict; the message names the unit, the digit and the cells
 */
export function validateGrid(grid: Grid): void {
  const conflict = findConflict(grid);
  if (conflict === undefined) return;
  const [first, second] = conflict.cells.map((cell) => cellName(grid.shape, cell));
  throw new GridError(
    `Each digit must occur once in a row, column and box; found ${conflict.digit} twice in ` +
      `${unitName(grid.shape, conflict.unit)}: ${first} and ${second}.`,
  );
}

/** Returns the name of a unit, such as "row 3", "column 1" or "box 9". */
export function unitName({ size }: Shape, unit: number): string {
  const kind = ["row", "column", "box"][Math.floor(unit / size)];
  return `${kind} ${unit % size + 1}`;
}

/** Returns whether every cell holds a digit. The digits may be wrong. */
export function isFull({ values }: Grid): boolean {
  return !values.includes(0);
}

/** Returns the number of cells that hold a digit. */
export function countClues({ values }: Grid): number {
  let clues = 0;
  for (const value of values) if (value > 0) clues++;
  return clues;
}
