/** Defines positions. A position is a board together with everything else that undo restores. */
import { shapeOf, type Size } from "../../../sudoku/mod.ts";
import type { PlayedPuzzle } from "./puzzle.ts";

/**
 * The board as the player sees it. Each list except `selection` has one entry per cell. A set of
 * digits is stored as a bit mask, in which bit 0 stands for the digit 1.
 */
export interface Position {
  /** The digit in each cell, including the clues, or 0 if the cell is empty. */
  readonly values: readonly number[];
  /** The player's centre marks, used while automatic notes are off. */
  readonly centre: readonly number[];
  readonly corner: readonly number[];
  /** Candidates that the player crossed out, used while automatic notes are on. */
  readonly crossed: readonly number[];
  /** Notes that the player added to the candidates, used while automatic notes are on. */
  readonly added: readonly number[];
  /** The colours of each cell, as a bit mask in which bit 0 stands for the first colour. */
  readonly colours: readonly number[];
  /**
   * Whether automatic notes are on. If they are on, then the centre marks are the candidates with
   * the player's changes.
   */
  readonly autoNotes: boolean;
  /** The selected cells, in ascending order. */
  readonly selection: readonly number[];
  /** The cell that has the keyboard focus. This cell is not always selected. */
  readonly cursor: number;
  /** The highlighted digit, or 0 if no digit is highlighted. */
  readonly highlight: number;
}

/** The names of the properties of a position that are lists of bit masks. */
export const maskLists = Object.freeze(
  ["centre", "corner", "crossed", "added", "colours"] as const,
);

/** The names of the lists in a position that have one entry per cell. */
export const cellLists = Object.freeze(["values", ...maskLists] as const);

/** The name of a list in {@linkcode cellLists}. */
export type CellList = typeof cellLists[number];

/** The number of colours from which the player can choose. */
export const COLOUR_COUNT = 9;

/** Returns the position before the first move. */
export function firstPosition({ size, givens }: PlayedPuzzle): Position {
  const blank = blankList(size);
  const lists = { centre: blank, corner: blank, crossed: blank, added: blank, colours: blank };
  return Object.freeze({
    values: givens,
    ...lists,
    autoNotes: false,
    selection: Object.freeze([]),
    cursor: 0,
    highlight: 0,
  });
}

/** Returns a list with a zero for each cell. */
export function blankList(size: Size): readonly number[] {
  return Object.freeze(new Array<number>(shapeOf(size).cellCount).fill(0));
}

/**
 * Returns the position with the given parts replaced. If the new content of a part equals its old
 * content, then the part stays the same object. If no part has changed, then the original position
 * object is returned.
 */
export function changed(position: Position, parts: Partial<Position>): Position {
  const names = (Object.keys(parts) as (keyof Position)[])
    .filter((name) => !sameContent(position[name], parts[name]));
  if (names.length === 0) return position;
  const fresh = names.map((name) => [name, Object.freeze(parts[name])]);
  return Object.freeze({ ...position, ...Object.fromEntries(fresh) });
}

/**
 * Returns whether two positions are equal. Differences in the selection, the cursor and the
 * highlight are ignored.
 */
export function sameBoard(a: Position, b: Position): boolean {
  return a.autoNotes === b.autoNotes && cellLists.every((name) => sameContent(a[name], b[name]));
}

function sameContent(a: unknown, b: unknown): boolean {
  if (!Array.isArray(a) || !Array.isArray(b)) return a === b;
  return a === b || (a.length === b.length && a.every((item, index) => item === b[index]));
}
