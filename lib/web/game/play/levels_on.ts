import { type Level, levels, type Size } from "../../../sudoku/mod.ts";

const all: readonly Level[] = Object.freeze(levels.map(({ name }) => name));

/**
 * The levels that are offered for small puzzles. 4x4 puzzles are always easy: the generator finds
 * none that needs more than hidden singles. Only one in a thousand 6x6 puzzles is extreme, so the
 * search for an extreme puzzle would take too long.
 */
const small = Object.freeze({
  4: Object.freeze<Level[]>(["easy"]),
  6: Object.freeze(all.filter((level) => level !== "extreme")),
});

/**
 * Returns the levels that are offered for puzzles of a size. The easiest level comes first.
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
