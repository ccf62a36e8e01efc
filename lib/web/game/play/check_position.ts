/** Checks whether a board from a link or a save is possible for its puzzle. */
import { shapeOf } from "../../../sudoku/mod.ts";
import { GameError } from "../game_error.ts";
import { cellLists, COLOUR_COUNT, maskLists, type Position } from "./position.ts";
import type { PlayedPuzzle } from "./puzzle.ts";

/**
 * Checks a position, then freezes and returns it.
 *
 * @throws {GameError} when the position is impossible for the puzzle
 */
export function checkedPosition(position: Position, puzzle: PlayedPuzzle): Position {
  if (hasLists(position, puzzle) && keepsClues(position, puzzle) && hasChoice(position, puzzle)) {
    return Object.freeze(position);
  }
  throw new GameError(
    "not a game",
    "Opening a game: wanted a board of its puzzle; found another.",
  );
}

function hasLists(position: Position, { size }: PlayedPuzzle): boolean {
  const { cellCount } = shapeOf(size);
  const most = (name: typeof cellLists[number]) =>
    name === "values" ? size : 2 ** (name === "colours" ? COLOUR_COUNT : size) - 1;
  return cellLists.every((name) =>
    position[name].length === cellCount &&
    position[name].every((item) => item >= 0 && item <= most(name))
  );
}

/**
 * Returns whether all clues of the puzzle are in their cells and no cell with a clue has marks.
 */
function keepsClues(position: Position, { givens }: PlayedPuzzle): boolean {
  const hasMarks = (cell: number) =>
    maskLists.some((name) => name !== "colours" && position[name][cell] !== 0);
  return givens.every((given, cell) =>
    given === 0 || (position.values[cell] === given && !hasMarks(cell))
  );
}

function hasChoice({ selection, cursor, highlight }: Position, { size }: PlayedPuzzle): boolean {
  const isCell = (cell: number) =>
    Number.isInteger(cell) && cell >= 0 && cell < shapeOf(size).cellCount;
  const isInOrder = selection.every((cell, index) =>
    isCell(cell) && (index === 0 || cell > selection[index - 1])
  );
  return isInOrder && isCell(cursor) && highlight <= size;
}
