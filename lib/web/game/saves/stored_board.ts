/**
 * Stores a board as JSON. The digits are stored as one string. Each kind of mark is stored as a
 * string with two characters per cell.
 */
import { checkedPosition } from "../play/check_position.ts";
import { blankList, maskLists, type Position } from "../play/position.ts";
import type { PlayedPuzzle } from "../play/puzzle.ts";
import type { StoredBoard } from "./schema.ts";

/** Converts a board to the form in which it is stored. */
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

/**
 * Reads a stored board.
 *
 * @throws {GameError} when the board does not belong to the puzzle
 */
export function readStoredBoard(stored: StoredBoard, puzzle: PlayedPuzzle): Position {
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
