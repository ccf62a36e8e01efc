/**
 * Computes centre notes. A cell's automatic notes are its candidates, minus the notes that the
 * player crossed out, plus the notes that the player added. When a digit is entered, the notes that
 * this digit rules out disappear. When the digit is removed, these notes come back. In both cases,
 * the player's changes to the notes are kept.
 */
import { shapeOf, type Size } from "../../../sudoku/mod.ts";
import { blankList, changed, type Position } from "./position.ts";

/**
 * Returns the centre notes that the page shows, as one bit mask per cell. If a cell has a digit,
 * then its mask is 0.
 */
export function notesOf(position: Position, size: Size): readonly number[] {
  const { values, centre, crossed, added, autoNotes } = position;
  if (!autoNotes) return centre.map((mask, cell) => values[cell] === 0 ? mask : 0);
  return candidatesInGame(values, size).map((mask, cell) =>
    values[cell] === 0 ? mask & ~crossed[cell] | added[cell] : 0
  );
}

/**
 * Returns the digits that the rules allow in each cell, as one bit mask per cell. If a cell has a
 * digit, then its mask is 0.
 */
export function candidatesInGame(values: readonly number[], size: Size): readonly number[] {
  const { units, unitsOf } = shapeOf(size);
  const used = units.map((unit) =>
    unit.reduce((mask, cell) => values[cell] > 0 ? mask | bitOf(values[cell]) : mask, 0)
  );
  const all = (1 << size) - 1;
  return values.map((value, cell) => {
    const [row, column, box] = unitsOf[cell];
    return value > 0 ? 0 : all & ~(used[row] | used[column] | used[box]);
  });
}

/**
 * Adds a note to the given cells, or removes the note from them. This works whether automatic notes
 * are on or off.
 */
export function withNote(
  position: Position,
  { cells, digit, on, size }: {
    readonly cells: readonly number[];
    readonly digit: number;
    readonly on: boolean;
    readonly size: Size;
  },
): Position {
  const bit = bitOf(digit);
  if (!position.autoNotes) return changed(position, withBit(position, "centre", cells, bit, on));
  const candidates = candidatesInGame(position.values, size);
  const known = cells.filter((cell) => candidates[cell] & bit);
  if (!on) {
    return changed(position, {
      ...withBit(position, "crossed", known, bit, true),
      ...withBit(position, "added", cells, bit, false),
    });
  }
  const others = cells.filter((cell) => !(candidates[cell] & bit));
  return changed(position, {
    ...withBit(position, "crossed", cells, bit, false),
    ...withBit(position, "added", others, bit, true),
  });
}

/**
 * Copies one list of a position, sets or clears a bit in the entries of the given cells, and
 * returns the copy under the list's name.
 */
export function withBit<Name extends "centre" | "corner" | "crossed" | "added" | "colours">(
  position: Position,
  name: Name,
  cells: readonly number[],
  bit: number,
  on: boolean,
): { readonly [List in Name]: readonly number[] } {
  const list: number[] = [...position[name]];
  for (const cell of cells) list[cell] = on ? list[cell] | bit : list[cell] & ~bit;
  return { [name]: list as readonly number[] } as { [List in Name]: readonly number[] };
}

/**
 * Switches automatic notes on or off. When automatic notes are switched on, marks that are not
 * candidates are removed. If no mark remains in a cell, then this cell gets all its candidates.
 * When automatic notes are switched off, the notes that are visible become the player's own marks.
 */
export function switchAutoNotes(position: Position, on: boolean, size: Size): Position {
  if (on === position.autoNotes) return position;
  const blank = blankList(size);
  const marks = notesOf(position, size);
  if (!on) {
    // A cell with a digit keeps its old marks, which reappear when the digit is removed.
    const centre = position.values.map((value, cell) =>
      value === 0 ? marks[cell] : position.centre[cell]
    );
    return changed(position, { autoNotes: false, centre, crossed: blank, added: blank });
  }
  const crossed = candidatesInGame(position.values, size).map((mask, cell) => {
    const kept = mask & marks[cell];
    return kept === 0 ? 0 : mask & ~kept;
  });
  return changed(position, { autoNotes: true, crossed, added: blank });
}

/** Writes all candidates into every empty cell that has no centre marks. */
export function fillNotes(position: Position, size: Size): Position {
  if (position.autoNotes) return position;
  const candidates = candidatesInGame(position.values, size);
  const centre = position.centre.map((mask, cell) => mask === 0 ? candidates[cell] : mask);
  return changed(position, { centre });
}

/** Adds the digit of the solution to centre notes in which this digit is missing. */
export function mendNotes(position: Position, solution: readonly number[], size: Size): Position {
  const notes = notesOf(position, size);
  return position.values.reduce((mended, value, cell) => {
    const isUnused = notes[cell] === 0 && !position.autoNotes;
    if (value > 0 || isUnused || notes[cell] & bitOf(solution[cell])) return mended;
    return withNote(mended, { cells: [cell], digit: solution[cell], on: true, size });
  }, position);
}

/** Returns the bit mask that contains only one digit. */
export function bitOf(digit: number): number {
  return 1 << digit - 1;
}

/**
 * Returns the digits that a bit mask contains, in ascending order.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * assertEquals(digitsIn(0b100000101), [1, 3, 9]);
 * ```
 */
export function digitsIn(mask: number): readonly number[] {
  const digits: number[] = [];
  for (let digit = 1; mask >> digit - 1; digit++) if (mask & bitOf(digit)) digits.push(digit);
  return digits;
}
