/**
 * Rates how hard a puzzle is for a person who always takes the easiest step. The puzzle's rating is
 * the rating of the hardest step taken. The scale is that of Sudoku Explainer (Nicolas Juillerat,
 * version 1.2.1), divided into named levels. A puzzle that lib/sudoku's techniques cannot solve
 * (from about 9.3 up) has no rating.
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

/** Every level with its highest rating, easiest first. */
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
  /** The level of that rating; undefined if the puzzle was not solved. */
  readonly level: Level | undefined;
  /** The name of the first step with that rating. */
  readonly hardest: string | undefined;
  /** Number of steps taken. */
  readonly steps: number;
}

/** Options of {@linkcode rate}. */
export interface RateOptions {
  /** The highest rating that a step may have. */
  readonly atMost?: number;
}

/**
 * Returns the level of a rating.
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
  // Ratings are sums of tenths, so rounding may push a rating slightly beyond its level.
  return levels.find(({ upTo }) => rating < upTo + 0.05)!.name;
}

/**
 * Rates a puzzle that has one solution.
 *
 * All the easiest steps of a position are taken at once, to make the rating independent of the
 * search order. Still, a symmetric copy of a puzzle may be rated 0.1 higher or lower, because the
 * lengths of dynamic chains depend on that order. This happens to one puzzle in a thousand below
 * Nishio (7.5) and to one in ten above it.
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
