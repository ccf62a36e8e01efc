/**
 * Creates random full grids. The search always fills the empty cell with the fewest candidates, and
 * tries these candidates in random order.
 *
 * Every full grid is possible, but not all full grids are equally likely. This does little harm,
 * because the difficulty of a puzzle hardly depends on its solution.
 */
import { bitCount, digitsOf } from "../board/bits.ts";
import { type PuzzleRandom, shuffle } from "./random_from_text.ts";
import type { Grid } from "../board/grid.ts";
import type { Shape } from "../board/shape.ts";

/**
 * Returns a random full grid.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { randomFromText } from "./random_from_text.ts";
 * import { findConflict, isFull } from "../board/grid.ts";
 * import { shapeOf } from "../board/shape.ts";
 * const grid = drawFullGrid(shapeOf(6), randomFromText("a grid"));
 * assertEquals([isFull(grid), findConflict(grid)], [true, undefined]);
 * ```
 */
export function drawFullGrid(shape: Shape, random: PuzzleRandom): Grid {
  const values = new Uint8Array(shape.cellCount);
  const used = new Uint16Array(shape.units.length);
  // If several cells have the fewest candidates, then the first of these cells in `order` is
  // filled.
  const order = shuffle(shape.cellCount, random);
  fill(shape, { values, used, order }, random);
  return { shape, values };
}

interface Draft {
  readonly values: Uint8Array;
  /** For each unit, a bit mask of the digits that the unit contains. */
  readonly used: Uint16Array;
  readonly order: Uint8Array;
}

/** Fills the empty cells. Returns false if there is no solution. */
function fill(shape: Shape, draft: Draft, random: PuzzleRandom): boolean {
  const { values, used } = draft;
  const { cell, candidates } = findNarrowest(shape, draft);
  if (cell < 0) return true;
  const digits = digitsOf(candidates);
  for (const index of shuffle(digits.length, random)) {
    const digit = digits[index];
    values[cell] = digit;
    for (const unit of shape.unitsOf[cell]) used[unit] ^= 1 << digit - 1;
    if (fill(shape, draft, random)) return true;
    values[cell] = 0;
    for (const unit of shape.unitsOf[cell]) used[unit] ^= 1 << digit - 1;
  }
  return false;
}

function findNarrowest(
  { size, unitsOf }: Shape,
  { values, used, order }: Draft,
): { cell: number; candidates: number } {
  const all = (1 << size) - 1;
  let [narrowest, fewest, found] = [-1, size + 1, 0];
  for (const cell of order) {
    if (values[cell] !== 0) continue;
    const [row, column, box] = unitsOf[cell];
    const candidates = all & ~(used[row] | used[column] | used[box]);
    const count = bitCount[candidates];
    if (count < fewest) [narrowest, fewest, found] = [cell, count, candidates];
    if (fewest <= 1) break;
  }
  return { cell: narrowest, candidates: found };
}
