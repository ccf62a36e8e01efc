/**
 * Stores a board of the history as its differences from the next board. For a board in the history,
 * the next board is the board that is one step closer to the current board.
 */
import { checkedPosition } from "../play/check_position.ts";
import { type CellList, cellLists, type Position } from "../play/position.ts";
import type { PlayedPuzzle } from "../play/puzzle.ts";
import type { StoredStep } from "./schema.ts";

/** Returns the differences between a board and the next board. */
export function writeStep(board: Position, next: Position): StoredStep {
  const lists = cellLists.flatMap((name) => {
    const changes = changesOf(board[name], next[name]);
    return changes.length === 0 ? [] : [[name, changes]];
  });
  const { autoNotes, selection, cursor, highlight } = board;
  const isSameSelection = selection === next.selection ||
    selection.join() === next.selection.join();
  return {
    ...Object.fromEntries(lists),
    ...autoNotes === next.autoNotes ? {} : { autoNotes },
    ...isSameSelection ? {} : { selection: [...selection] },
    ...cursor === next.cursor ? {} : { cursor },
    ...highlight === next.highlight ? {} : { highlight },
  };
}

/**
 * Returns the cells in which `list` differs from `other`. Each cell's index is followed by the
 * number that `list` contains for this cell.
 */
function changesOf(list: readonly number[], other: readonly number[]): readonly number[] {
  const changes: number[] = [];
  if (list === other) return changes;
  // This loop creates no intermediate lists, because it runs for each of the hundreds of steps in a
  // saved game.
  for (let cell = 0; cell < list.length; cell++) {
    if (list[cell] !== other[cell]) changes.push(cell, list[cell]);
  }
  return changes;
}

/**
 * Rebuilds a board from the next board and from the differences between the two boards.
 *
 * @throws {GameError} when the result is not a board of the puzzle
 */
export function readStep(step: StoredStep, next: Position, puzzle: PlayedPuzzle): Position {
  const { selection, autoNotes, cursor, highlight } = step;
  const lists = cellLists.flatMap((name) => {
    const changes = step[name];
    return changes === undefined ? [] : [[name, changedList(next[name], changes)]];
  });
  const board: Position = {
    ...next,
    ...Object.fromEntries(lists) as Partial<Record<CellList, readonly number[]>>,
    autoNotes: autoNotes ?? next.autoNotes,
    selection: selection === undefined ? next.selection : Object.freeze([...selection]),
    cursor: cursor ?? next.cursor,
    highlight: highlight ?? next.highlight,
  };
  return checkedPosition(board, puzzle);
}

function changedList(list: readonly number[], changes: readonly number[]): readonly number[] {
  const copy = [...list];
  for (let index = 0; index < changes.length; index += 2) {
    // If the last number is missing, then it becomes -1, which fails every check.
    copy[changes[index]] = changes[index + 1] ?? -1;
  }
  return Object.freeze(copy);
}
