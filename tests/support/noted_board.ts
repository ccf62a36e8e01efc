import { maskOf } from "../../lib/sudoku/board/bits.ts";
import { Board } from "../../lib/sudoku/board/board.ts";
import { gridOf } from "../../lib/sudoku/board/grid.ts";
import { cellName, shapeOf, type Size } from "../../lib/sudoku/board/shape.ts";
import type { Step } from "../../lib/sudoku/techniques/step.ts";

/**
 * The notes of each cell, keyed by the cell's name, such as r1c9. In place of notes, the string
 * "=5" means that the cell contains the digit 5.
 */
export type Notes = Readonly<Record<string, string>>;

/**
 * Returns a board with the given notes. Every cell that is not named in `notes` gets the value of
 * `elsewhere` as its notes.
 */
export function notedBoard(size: Size, notes: Notes, elsewhere = "123456789"): Board {
  const values = new Array<number>(size * size).fill(0);
  const masks = values.map((_, cell) => {
    const text = notes[cellName(shapeOf(size), cell)] ?? elsewhere;
    if (text.startsWith("=")) values[cell] = Number(text[1]);
    return maskOf([...text].map(Number).filter((digit) => digit >= 1 && digit <= size));
  });
  return Board.withNotes(gridOf(size, values), masks);
}

/**
 * Removes a digit from the notes of a row, except in the given columns, and returns the same board.
 * Rows and columns are counted from 1.
 */
export function onlyIn(
  board: Board,
  row: number,
  digit: number,
  columns: readonly number[],
): Board {
  board.shape.rows[row - 1].forEach((cell, column) => {
    if (!columns.includes(column + 1)) board.remove(cell, maskOf([digit]));
  });
  return board;
}

/** Returns the changes that a step makes, such as "r1c9=5" and "r2c3<>1", in alphabetical order. */
export function changesOf({ placements, removals, size }: Step): string[] {
  const shape = shapeOf(size);
  return [
    ...placements.map(({ cell, digit }) => `${cellName(shape, cell)}=${digit}`),
    ...removals.map(({ cell, digit }) => `${cellName(shape, cell)}<>${digit}`),
  ].sort();
}

/** Returns the names of the given cells in the given order, such as "r1c1 r2c4". */
export function namesOf({ size }: Pick<Step, "size">, cells: readonly number[]): string {
  return cells.map((cell) => cellName(shapeOf(size), cell)).join(" ");
}
