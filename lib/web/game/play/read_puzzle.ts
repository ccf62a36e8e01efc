import { GridError, parseGrid } from "../../../sudoku/mod.ts";
import { GameError } from "../game_error.ts";
import { type PlayedPuzzle, puzzleOf } from "./puzzle.ts";

/**
 * The maximum number of characters in the text of a puzzle. A 9x9 grid with notes is far shorter
 * than this in every notation.
 */
const MOST_CHARACTERS = 10_000;

/**
 * Reads a puzzle from text in any of the formats that lib/sudoku supports.
 *
 * @throws {GameError} when the text is not a grid, or when the puzzle does not have exactly one
 * solution
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * assertEquals(readOwnPuzzle("12.. ..1. .3.. ...4").size, 4);
 * ```
 */
export function readOwnPuzzle(text: string): PlayedPuzzle {
  if (text.length > MOST_CHARACTERS) {
    throw new GameError(
      "not a grid",
      `Reading a grid: wanted at most ${MOST_CHARACTERS} characters; found ${text.length}.`,
    );
  }
  const { shape, values } = gridIn(text);
  return puzzleOf(shape.size, values, { origin: { kind: "own" } });
}

function gridIn(text: string): ReturnType<typeof parseGrid> {
  try {
    return parseGrid(text);
  } catch (error) {
    if (error instanceof GridError) throw new GameError("not a grid", error.message);
    throw error;
  }
}
