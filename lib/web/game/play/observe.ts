import { shapeOf } from "../../../sudoku/mod.ts";
import type { Game } from "./game.ts";
import { bitOf, notesOf } from "./notes.ts";

/** Two cells that share a unit and hold the same digit. */
export interface ConflictPair {
  readonly digit: number;
  /** The two cells, in ascending order. */
  readonly cells: readonly [number, number];
}

/** Returns all pairs of cells that break a rule. */
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

/** Returns the cells whose digit differs from the solution. */
export function mistakesOf({ position: { values }, puzzle: { solution } }: Game): number[] {
  return Array.from(values.keys())
    .filter((cell) => values[cell] !== 0 && values[cell] !== solution[cell]);
}

/**
 * Returns how often each digit is missing. Entry 0 is for digit 1. A number is negative if there
 * are too many of the digit.
 */
export function remainingOf({ position: { values }, puzzle: { size } }: Game): number[] {
  const left = new Array<number>(size).fill(size);
  for (const value of values) if (value > 0) left[value - 1]--;
  return left;
}

/** Returns the number of empty cells. */
export function emptyCells({ position: { values } }: Game): number {
  return values.filter((value) => value === 0).length;
}

/** The cells that hold the highlighted digit, and the cells that have it as a note. */
export interface Highlight {
  readonly digits: readonly number[];
  readonly notes: readonly number[];
}

/** Returns the cells to highlight. */
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
