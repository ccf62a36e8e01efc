/** Boards for tests, written as notes of named cells. */
import { maskOf } from "../../lib/sudoku/board/bits.ts";
import { Board } from "../../lib/sudoku/board/board.ts";
import { gridOf } from "../../lib/sudoku/board/grid.ts";
import { cellName, shapeOf, type Size } from "../../lib/sudoku/board/shape.ts";
import type { Step } from "../../lib/sudoku/techniques/step.ts";

/** The cell's name, such as r1c9, and its notes as digits; "=5" is a written 5. */
export type Notes = Readonly<Record<string, string>>;

/** Returns the board with the given notes, and in all other cells the digits of `elsewhere`. */
export function notedBoard(size: Size, notes: Notes, elsewhere = "123456789"): Board {
  const values = new Array<number>(size * size).fill(0);
  const masks = values.map((_, cell) => {
    const text = notes[cellName(shapeOf(size), cell)] ?? elsewhere;
    if (text.startsWith("=")) values[cell] = Number(text[1]);
    return maskOf([...text].map(Number).filter((digit) => digit >= 1 && digit <= size));
  });
  return Board.withNotes(gridOf(size, values), masks);
}

/** Returns the same board without a digit in a row, except in some columns, counted from 1. */
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

/** Returns what a step changes, such as "r1c9=5" and "r2c3<>1", in the order of the names. */
export function changesOf({ placements, removals, size }: Step): string[] {
  const shape = shapeOf(size);
  return [
    ...placements.map(({ cell, digit }) => `${cellName(shape, cell)}=${digit}`),
    ...removals.map(({ cell, digit }) => `${cellName(shape, cell)}<>${digit}`),
  ].sort();
}

/** Returns the names of some cells, such as "r1c1 r2c4", in their order. */
export function namesOf({ size }: Pick<Step, "size">, cells: readonly number[]): string {
  return cells.map((cell) => cellName(shapeOf(size), cell)).join(" ");
}
