/**
 * Rates how hard a puzzle is for a person who always takes the easiest step. The puzzle's rating is
 * the rating of the hardest step taken. The scale is that of Sudoku Explainer (Nicolas Juillerat,
 * version 1.2.1), and it is divided into named levels. A puzzle has no rating if the techniques in
 * lib/sudoku cannot solve it. Sudoku Explainer rates such puzzles at about 9.3 or higher.
 *
 * The puzzle is assumed to have only one solution, because unique rectangles and similar techniques
 * depend on this.
 */
import { Board } from "../board/board.ts";
import { easiestSteps } from "../techniques/find_steps.ts";
import type { Grid } from "../board/grid.ts";
import { placeSingles, singleName } from "./place_singles.ts";
import { applyStep } from "../techniques/step.ts";

/** The name of a level of difficulty. */
export type Level = "easy" | "medium" | "hard" | "expert" | "extreme";

/** All levels from easy to extreme, each with its highest rating. */
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
  /** Whether the allowed techniques solved the puzzle. */
  readonly solved: boolean;
  /** The rating of the hardest step taken, or 0 if no step was taken. */
  readonly rating: number;
  /** The level of the rating, or undefined if the puzzle was not solved. */
  readonly level: Level | undefined;
  /** The name of the first step that had this rating, or undefined if no step was taken. */
  readonly hardest: string | undefined;
  /** Number of steps that were taken. */
  readonly steps: number;
}

/** Options of {@linkcode rate}. */
export interface RateOptions {
  /** The highest rating that a step may have. */
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
  // Ratings are sums of tenths, so rounding errors may push a rating slightly above its level.
  return levels.find(({ upTo }) => rating < upTo + 0.05)!.name;
}

/**
 * Rates a puzzle that has one solution.
 *
 * At each position, all the easiest steps are taken at once, so that the rating does not depend on
 * the order of the search. Still, a symmetric copy of a puzzle may be rated 0.1 higher or lower,
 * because the lengths of dynamic chains depend on the order of the search. This happens to one in a
 * thousand puzzles that are rated below 7.5 (Nishio), and to one in ten puzzles with higher
 * ratings.
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
