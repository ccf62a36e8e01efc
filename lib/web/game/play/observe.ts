import { shapeOf } from "../../../sudoku/mod.ts";
import type { Game } from "./game.ts";
import { bitOf, notesOf } from "./notes.ts";

/** Two cells that hold the same digit although they are in the same row, column or box. */
export interface ConflictPair {
  readonly digit: number;
  /** The two cells, in ascending order. */
  readonly cells: readonly [number, number];
}

/** Returns all pairs of cells that hold the same digit in the same row, column or box. */
export function conflictsOf({ position: { values }, puzzle: { size } }: Game): ConflictPair[] {
  const { peers } = shapeOf(size);
  const found: ConflictPair[] = [];
  for (const [cell, digit] of values.entries()) {
    if (digit === 0) continue;
    for (const peer of peers[cell]) {
      if (peer > cell && values[peer] === digit) found.push({ digit, cells: [cell, peer] });
    }
  }
  return found;
}

/** Returns the cells that hold a digit other than the one in the solution. */
export function mistakesOf({ position: { values }, puzzle: { solution } }: Game): number[] {
  return Array.from(values.keys())
    .filter((cell) => values[cell] !== 0 && values[cell] !== solution[cell]);
}

/**
 * Returns, for each digit, how many copies of the digit are still missing from the board. The first
 * entry is for the digit 1. If the board contains too many copies of a digit, then the entry for
 * this digit is negative.
 */
export function remainingOf(values: readonly number[], size: number): number[] {
  const left = new Array<number>(size).fill(size);
  for (const value of values) if (value > 0) left[value - 1]--;
  return left;
}

/** Returns the number of empty cells. */
export function emptyCells({ position: { values } }: Game): number {
  return values.filter((value) => value === 0).length;
}

/**
 * The cells that hold the highlighted digit, and the empty cells that have this digit as a note.
 */
export interface Highlight {
  readonly digits: readonly number[];
  readonly notes: readonly number[];
}

/** Returns the cells in which the highlighted digit appears, as a digit or as a note. */
export function highlightOf({ position, puzzle: { size } }: Game): Highlight {
  const { highlight, values, corner } = position;
  if (highlight === 0) return { digits: [], notes: [] };
  const cells = Array.from(values.keys());
  const centre = notesOf(position, size);
  const isNoted = (cell: number) =>
    values[cell] === 0 && ((centre[cell] | corner[cell]) & bitOf(highlight)) !== 0;
  return {
    digits: cells.filter((cell) => values[cell] === highlight),
    notes: cells.filter(isNoted),
  };
}
