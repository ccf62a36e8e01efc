/** Defines boards with everything that undo restores. */
import { shapeOf, type Size } from "../../../sudoku/mod.ts";
import type { PlayedPuzzle } from "./puzzle.ts";

/**
 * The board as the player sees it. Each list has one entry per cell. Sets of digits are masks with
 * bit 0 for digit 1.
 */
export interface Position {
  /** Digits, including clues. 0 for an empty cell. */
  readonly values: readonly number[];
  /** The player's centre marks, used while automatic notes are off. */
  readonly centre: readonly number[];
  readonly corner: readonly number[];
  /** Candidates that the player crossed out, used while automatic notes are on. */
  readonly crossed: readonly number[];
  /** Notes that the player added to the candidates, used while automatic notes are on. */
  readonly added: readonly number[];
  /** Masks with bit 0 for the first colour. */
  readonly colours: readonly number[];
  /** True if the centre marks are the candidates with the player's changes. */
  readonly autoNotes: boolean;
  /** In ascending order. */
  readonly selection: readonly number[];
  /** The cell with the keyboard focus, which need not be selected. */
  readonly cursor: number;
  /** 0 for none. */
  readonly highlight: number;
}

/** The lists whose entries are masks. */
export const maskLists = Object.freeze(
  ["centre", "corner", "crossed", "added", "colours"] as const,
);

/** The lists of a position. */
export const cellLists = Object.freeze(["values", ...maskLists] as const);

/** The name of a list of a position. */
export type CellList = typeof cellLists[number];

/** The number of colours that a cell can have. */
export const COLOUR_COUNT = 9;

/** Returns the board before the first move. */
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

/** Returns a zero for each cell. */
export function blankList(size: Size): readonly number[] {
  return Object.freeze(new Array<number>(shapeOf(size).cellCount).fill(0));
}

/**
 * Returns a position with some parts replaced, or the same object if nothing differs. Parts with
 * equal content stay the same objects.
 */
export function changed(position: Position, parts: Partial<Position>): Position {
  const names = (Object.keys(parts) as (keyof Position)[])
    .filter((name) => !sameContent(position[name], parts[name]));
  if (names.length === 0) return position;
  const fresh = names.map((name) => [name, Object.freeze(parts[name])]);
  return Object.freeze({ ...position, ...Object.fromEntries(fresh) });
}

/** Returns whether two positions are equal, apart from selection, cursor and highlight. */
export function sameBoard(a: Position, b: Position): boolean {
  return a.autoNotes === b.autoNotes && cellLists.every((name) => sameContent(a[name], b[name]));
}

function sameContent(a: unknown, b: unknown): boolean {
  if (!Array.isArray(a) || !Array.isArray(b)) return a === b;
  return a === b || (a.length === b.length && a.every((item, index) => item === b[index]));
}
