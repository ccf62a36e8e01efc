/** A board as JSON: digits as one text, marks as another with two characters a cell. */
import { shapeOf } from "../../../sudoku/mod.ts";
import { GameError } from "../game_error.ts";
import { blankList, cellLists, COLOUR_COUNT, type Position } from "../play/position.ts";
import type { PlayedPuzzle } from "../play/puzzle.ts";
import type { StoredBoard } from "./schema.ts";

/** The lists that hold masks. */
const maskLists = ["centre", "corner", "crossed", "added", "colours"] as const;

/** Returns a board in the form in which it is saved. */
export function writeBoard(position: Position): StoredBoard {
  const { values, autoNotes, selection, cursor, highlight } = position;
  const masks = maskLists.flatMap((name) => {
    const list = position[name];
    return list.every((mask) => mask === 0) ? [] : [[name, writeMasks(list)]];
  });
  return {
    values: values.join(""),
    ...Object.fromEntries(masks),
    ...{ autoNotes, selection: [...selection], cursor, highlight },
  };
}

/** @throws {GameError} where the board is none of the puzzle */
export function readBoard(stored: StoredBoard, puzzle: PlayedPuzzle): Position {
  const { autoNotes, selection, cursor, highlight } = stored;
  const blank = blankList(puzzle.size);
  const masks = maskLists.map((name) => {
    const text = stored[name];
    return [name, text === undefined ? blank : readMasks(text)] as const;
  });
  const position = {
    values: Object.freeze([...stored.values].map(Number)),
    ...Object.fromEntries(masks) as Record<typeof maskLists[number], readonly number[]>,
    ...{ autoNotes, selection: Object.freeze([...selection]), cursor, highlight },
  };
  return checkedPosition(position, puzzle);
}

function writeMasks(list: readonly number[]): string {
  return list.map((mask) => mask.toString(32).padStart(2, "0")).join("");
}

function readMasks(text: string): readonly number[] {
  const pairs = Array.from(
    { length: Math.ceil(text.length / 2) },
    (_, cell) => parseInt(text.slice(2 * cell, 2 * cell + 2), 32),
  );
  return Object.freeze(pairs);
}

/**
 * Returns a frozen position, if it is one that the puzzle can have.
 *
 * @throws {GameError} otherwise
 */
export function checkedPosition(position: Position, puzzle: PlayedPuzzle): Position {
  const { size, givens } = puzzle;
  const { cellCount } = shapeOf(size);
  const { values, selection, cursor, highlight } = position;
  const isCell = (cell: number) => Number.isInteger(cell) && cell >= 0 && cell < cellCount;
  const most = (name: typeof cellLists[number]) =>
    name === "values" ? size : 2 ** (name === "colours" ? COLOUR_COUNT : size) - 1;
  const isWhole = cellLists.every((name) =>
    position[name].length === cellCount &&
    position[name].every((item) => item >= 0 && item <= most(name))
  );
  const hasMarks = (cell: number) =>
    maskLists.some((name) => name !== "colours" && position[name][cell] !== 0);
  const keepsClues = givens.every((given, cell) =>
    given === 0 || (values[cell] === given && !hasMarks(cell))
  );
  const isChoice = isCell(cursor) && highlight <= size &&
    selection.every((cell, index) => isCell(cell) && (index === 0 || cell > selection[index - 1]));
  if (isWhole && keepsClues && isChoice) return Object.freeze(position);
  throw new GameError(
    "not a game",
    `Opening a game: wanted a board of its puzzle; found another.`,
  );
}
