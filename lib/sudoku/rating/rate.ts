/**
 * How hard a puzzle is for a person: the rating of the hardest step that it needs when the easiest
 * available step is always taken. The scale is Sudoku Explainer's (Nicolas Juillerat, version
 * 1.2.1); bands of it have names here. What the techniques here cannot solve (about 9.3 and up) has
 * no rating.
 *
 * Ratings presuppose that the puzzle has one solution: unique rectangles and their kin rest on it.
 */
import { Board } from "../board/board.ts";
import { easiestSteps } from "../techniques/find_steps.ts";
import type { Grid } from "../board/grid.ts";
import { placeSingles, singleName } from "./place_singles.ts";
import { applyStep } from "../techniques/step.ts";

/** Names of the bands. */
export type Level = "easy" | "medium" | "hard" | "expert" | "extreme";

/** Every level, easiest first, with the highest rating that belongs to it. */
export const levels: readonly {
  readonly name: Level;
  readonly upTo: number;
}[] = Object.freeze([
  { name: "easy", upTo: 1.5 },
  { name: "medium", upTo: 2.5 },
  { name: "hard", upTo: 4.0 },
  { name: "expert", upTo: 6.9 },
  { name: "extreme", upTo: Infinity },
]);

/** The result of {@linkcode rate}. */
export interface Rating {
  /** False when the techniques, or those allowed, did not finish the puzzle. */
  readonly solved: boolean;
  /** Rating of the hardest step taken, 0 when none was. */
  readonly rating: number;
  /** The band of that rating; undefined when the puzzle was not solved. */
  readonly level: Level | undefined;
  /** Name of the first step with that rating. */
  readonly hardest: string | undefined;
  /** How many steps were taken. */
  readonly steps: number;
}

/** How far {@linkcode rate} goes. */
export interface RateOptions {
  /** No step rated above this is tried. */
  readonly atMost?: number;
}

/**
 * Returns the level that a rating belongs to.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { levelOf } from "@sudogan/sudogan/sudoku";
 * assertEquals(levelOf(1.5), "easy");
 * assertEquals(levelOf(7.0), "extreme");
 * ```
 */
export function levelOf(rating: number): Level {
  // Surcharges are sums of tenths, so a rating may miss its band by a rounding error.
  return levels.find(({ upTo }) => rating < upTo + 0.05)!.name;
}

/**
 * Rates a puzzle that has one solution.
 *
 * All the easiest steps that a position has are taken at once, so that the order in which cells,
 * digits and units are looked through hardly matters: below Nishio (7.5) a symmetric copy of one
 * puzzle in a thousand is rated a tenth higher or lower, from there on one in ten, since the
 * lengths of dynamic chains hang on that order.
 */
export function rate(
  grid: Grid,
  { atMost = Infinity }: RateOptions = {},
): Rating {
  const board = Board.of(grid);
  let [rating, steps] = [0, 0];
  let hardest: string | undefined;
  while (board.empty > 0) {
    const singles = placeSingles(board, rating, atMost);
    steps += singles.placed;
    if (singles.rating > rating) {
      [rating, hardest] = [singles.rating, singleName(singles.rating)];
    }
    if (board.empty === 0) break;
    const easiest = easiestSteps(board, atMost);
    if (easiest.length === 0) break;
    for (const step of easiest) if (applyStep(board, step)) steps++;
    const [{ rating: needed, technique }] = easiest;
    if (needed > rating) [rating, hardest] = [needed, technique];
  }
  const solved = board.empty === 0;
  const level = solved ? levelOf(rating) : undefined;
  return { solved, rating, level, hardest, steps };
}
