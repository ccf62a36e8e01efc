/** Lists the levels for which there are puzzles. */
import { type Level, levels, type Size } from "../../../sudoku/mod.ts";

const all: readonly Level[] = Object.freeze(levels.map(({ name }) => name));

/** The levels of 4x4 puzzles. The generator finds none that needs more than hidden singles. */
const easyOnly: readonly Level[] = Object.freeze(["easy"]);

/**
 * Returns the levels that puzzles of a size can have, the easiest first.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * assertEquals(levelsOn(4), ["easy"]);
 * ```
 */
export function levelsOn(size: Size): readonly Level[] {
  return size === 4 ? easyOnly : all;
}
