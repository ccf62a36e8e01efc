import { type Candidate, shapeOf } from "../../../sudoku/mod.ts";
import type { Action, Layer } from "./action.ts";
import { bitOf, candidatesInGame, notesOf, withBit, withNote } from "./notes.ts";
import { blankList, changed, COLOUR_COUNT, firstPosition, type Position } from "./position.ts";
import type { PlayedPuzzle } from "./puzzle.ts";

type Enter = Extract<Action, { type: "enter" }>;

/**
 * Enters a digit, mark or colour into cells. If all these cells already have the digit, mark or
 * colour, then it is removed.
 */
export function enter(position: Position, action: Enter, puzzle: PlayedPuzzle): Position {
  const { as, digit, cleanNotes = true } = action;
  if (!isDigitOf(as, digit, puzzle)) return position;
  const cells = validCells(action.cells ?? position.selection, puzzle);
  if (as === "value") return enterValue(position, puzzle, { digit, cells, cleanNotes });
  if (as === "colour") return toggle(position, "colours", cells, digit);
  const empty = cells.filter((cell) => position.values[cell] === 0);
  if (as === "corner") return toggle(position, "corner", empty, digit);
  const notes = notesOf(position, puzzle.size);
  const on = !empty.every((cell) => notes[cell] & bitOf(digit));
  return withNote(position, { cells: empty, digit, on, size: puzzle.size });
}

function isDigitOf(layer: Layer, digit: number, { size }: PlayedPuzzle): boolean {
  const most = layer === "colour" ? COLOUR_COUNT : size;
  return Number.isInteger(digit) && digit >= 1 && digit <= most;
}

/**
 * Returns the given cell numbers in ascending order, without duplicates and without numbers of
 * cells that do not exist.
 */
function validCells(cells: readonly number[], { givens }: PlayedPuzzle): readonly number[] {
  return [...new Set(cells)].filter((cell) => givens[cell] !== undefined).sort((a, b) => a - b);
}

function enterValue(
  position: Position,
  { size, givens }: PlayedPuzzle,
  { digit, cells, cleanNotes }: {
    readonly digit: number;
    readonly cells: readonly number[];
    readonly cleanNotes: boolean;
  },
): Position {
  const free = cells.filter((cell) => givens[cell] === 0);
  const isThere = free.every((cell) => position.values[cell] === digit);
  const values = [...position.values];
  for (const cell of free) values[cell] = isThere ? 0 : digit;
  const entered = changed(position, { values });
  if (isThere || !cleanNotes) return entered;
  const { peers } = shapeOf(size);
  const seen = [...new Set(free.flatMap((cell) => [...peers[cell]]))];
  return changed(entered, {
    ...withBit(entered, "centre", seen, bitOf(digit), false),
    ...withBit(entered, "corner", seen, bitOf(digit), false),
  });
}

function toggle(
  position: Position,
  name: "corner" | "colours",
  cells: readonly number[],
  digit: number,
): Position {
  const bit = bitOf(digit);
  const isThere = cells.every((cell) => position[name][cell] & bit);
  return changed(position, withBit(position, name, cells, bit, !isThere));
}

/**
 * Removes the player's digits from the given cells. If these cells contain no such digits, then
 * their marks are removed. If they contain no marks either, then their colours are removed.
 */
export function erase(
  position: Position,
  chosen: readonly number[],
  puzzle: PlayedPuzzle,
): Position {
  const cells = validCells(chosen, puzzle);
  const without = (list: readonly number[], which: readonly number[]) =>
    list.map((item, cell) => which.includes(cell) ? 0 : item);
  const free = cells.filter((cell) => puzzle.givens[cell] === 0);
  const noDigits = changed(position, { values: without(position.values, free) });
  if (noDigits !== position) return noDigits;
  const { centre, corner, colours } = position;
  const noMarks = changed(withoutNotes(position, free, puzzle), {
    centre: without(centre, free),
    corner: without(corner, free),
  });
  return noMarks !== position ? noMarks : changed(position, { colours: without(colours, cells) });
}

/** Crosses out all notes of the given cells if automatic notes are on. */
function withoutNotes(
  position: Position,
  cells: readonly number[],
  { size }: PlayedPuzzle,
): Position {
  if (!position.autoNotes) return position;
  const candidates = candidatesInGame(position.values, size);
  const isIn = (cell: number) => cells.includes(cell);
  return changed(position, {
    crossed: position.crossed.map((mask, cell) => isIn(cell) ? mask | candidates[cell] : mask),
    added: position.added.map((mask, cell) => isIn(cell) ? 0 : mask),
  });
}

/**
 * Removes all digits, marks and colours that the player has entered. The selection, the cursor and
 * the highlight do not change, and automatic notes stay on or off.
 */
export function clear(position: Position, puzzle: PlayedPuzzle): Position {
  const { selection, cursor, highlight, autoNotes } = position;
  return changed(position, {
    ...firstPosition(puzzle),
    ...{ selection, cursor, highlight, autoNotes },
  });
}

/** Removes all colours. */
export function clearColours(position: Position, { size }: PlayedPuzzle): Position {
  return changed(position, { colours: blankList(size) });
}

/**
 * Enters the digits that a hint gives, and removes the candidates that it rules out. If automatic
 * notes are off and a cell has no centre marks, then all its candidates are written into it before
 * any are removed, so that the player can see what was removed.
 */
export function applyHint(
  position: Position,
  { placements, removals }: {
    readonly placements: readonly Candidate[];
    readonly removals: readonly Candidate[];
  },
  puzzle: PlayedPuzzle,
): Position {
  const { size } = puzzle;
  const isEmpty = ({ cell }: Candidate) => position.values[cell] === 0;
  const struck = removals.filter(isEmpty);
  const candidates = candidatesInGame(position.values, size);
  const centre = [...position.centre];
  for (const { cell } of struck) centre[cell] ||= position.autoNotes ? 0 : candidates[cell];
  const noted = changed(position, { centre });
  const less = struck.reduce(
    (before, { cell, digit }) => withNote(before, { cells: [cell], digit, on: false, size }),
    noted,
  );
  return placements.filter(isEmpty).reduce(
    (before, { cell, digit }) =>
      enter(before, { type: "enter", as: "value", digit, cells: [cell] }, puzzle),
    less,
  );
}
