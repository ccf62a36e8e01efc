/** Views of a game besides its digits: conflicts, mistakes, missing digits, the highlight. */
import { shapeOf } from "../../../sudoku/mod.ts";
import type { Game } from "./game.ts";
import { bitOf, notesOf } from "./notes.ts";

/** Two cells that see each other and hold the same digit. */
export interface ConflictPair {
  readonly digit: number;
  /** In ascending order. */
  readonly cells: readonly [number, number];
}

/** Returns every pair of cells that breaks a rule. */
export function conflictsOf({ position: { values }, puzzle: { size } }: Game): ConflictPair[] {
  const { peers } = shapeOf(size);
  return values.flatMap((digit, cell) =>
    digit === 0 ? [] : Array.from(peers[cell])
      .filter((peer) => peer > cell && values[peer] === digit)
      .map((peer) => ({ digit, cells: [cell, peer] as const }))
  );
}

/** Returns the cells whose digit is not the solution's. */
export function mistakesOf({ position: { values }, puzzle: { solution } }: Game): number[] {
  return Array.from(values.keys())
    .filter((cell) => values[cell] !== 0 && values[cell] !== solution[cell]);
}

/**
 * Returns how often each digit is still missing: entry 0 is for digit 1. Below zero where there are
 * too many of it.
 */
export function remainingOf({ position: { values }, puzzle: { size } }: Game): number[] {
  const left = new Array<number>(size).fill(size);
  for (const value of values) if (value > 0) left[value - 1]--;
  return left;
}

/** Returns how many cells are empty. */
export function emptyCells({ position: { values } }: Game): number {
  return values.filter((value) => value === 0).length;
}

/** Cells in which the highlighted digit stands, and those that note it. */
export interface Highlight {
  readonly digits: readonly number[];
  readonly notes: readonly number[];
}

/** Returns the cells to highlight; none while no digit is highlighted. */
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
