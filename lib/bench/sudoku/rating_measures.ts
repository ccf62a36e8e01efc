/** Measures the speed of ratings, and their agreement with a list rated by Sudoku Explainer. */
import { generate, type Grid, levelOf, parseGrid, rate } from "../../sudoku/mod.ts";
import { OptionsError } from "../../system/parse_options.ts";
import { readText } from "./lists.ts";

/** The agreement of this project's ratings with a list. */
export interface Agreement {
  readonly puzzles: number;
  /** The fraction of ratings within 0.2 of the list. */
  readonly near: number;
  /** The fraction of puzzles with the list's level. */
  readonly sameLevel: number;
}

const OF_EACH_LEVEL = 100;

/** Returns minimal puzzles rated per second, equally many easy, medium and hard. */
export function timeRating(): number {
  const puzzles = (["easy", "medium", "hard"] as const).flatMap((level) =>
    Array.from(
      { length: OF_EACH_LEVEL },
      (_, seed) => generate({ level, seed, minimal: true }).grid,
    )
  );
  const start = performance.now();
  for (const puzzle of puzzles) rate(puzzle);
  return puzzles.length / (performance.now() - start) * 1000;
}

/** A puzzle with its rating in a list. */
export interface RatedPuzzle {
  readonly grid: Grid;
  readonly listed: number;
}

/**
 * Reads a list of rated puzzles.
 *
 * @param path a file with a puzzle and its rating on each line
 * @throws {OptionsError} if there is no file, or a line has no rating
 */
export async function readRated(path: string): Promise<RatedPuzzle[]> {
  const lines = (await readText(path)).trim().split("\n");
  return lines.map((line, index) => {
    const [puzzle, rating] = line.split(/\s+/);
    const listed = Number(rating);
    if (listed > 0) return { grid: parseGrid(puzzle), listed };
    throw new OptionsError(
      `Reading ratings from ${path}: wanted a puzzle and its rating on each line, found ` +
        `"${line}" on line ${index + 1}.`,
    );
  });
}

/** Rates a list's puzzles and compares the ratings. */
export function measureAgreement(rated: readonly RatedPuzzle[]): Agreement {
  let [near, sameLevel] = [0, 0];
  for (const { grid, listed } of rated) {
    const { rating, level } = rate(grid);
    // Ratings are multiples of .1. The excess of .05 absorbs rounding errors.
    if (Math.abs(rating - listed) < 0.25) near++;
    if (level === levelOf(listed)) sameLevel++;
  }
  const puzzles = rated.length;
  return { puzzles, near: near / puzzles, sameLevel: sameLevel / puzzles };
}
