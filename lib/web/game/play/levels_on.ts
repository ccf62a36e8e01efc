import { type Level, levels, type Size } from "../../../sudoku/mod.ts";

const all: readonly Level[] = Object.freeze(levels.map(({ name }) => name));

/**
 * The levels of small puzzles. The generator finds no 4x4 puzzle that needs more than hidden
 * singles. Only one in a thousand 6x6 puzzles is extreme, so finding one takes too long.
 */
const small = Object.freeze({
  4: Object.freeze<Level[]>(["easy"]),
  6: Object.freeze(all.filter((level) => level !== "extreme")),
});

/**
 * Returns the levels that have puzzles of a size, easiest first.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * assertEquals(levelsOn(4), ["easy"]);
 * ```
 */
export function levelsOn(size: Size): readonly Level[] {
  return size === 9 ? all : small[size];
}
