/**
 * Measures how fast puzzles are rated, and how well the ratings agree with those of Sudoku
 * Explainer.
 */
import { generate, type Grid, levelOf, parseGrid, rate } from "../../sudoku/mod.ts";
import { OptionsError } from "../../system/parse_options.ts";
import { readText } from "./lists.ts";

/** How well this project's ratings agree with the ratings in a list. */
export interface Agreement {
  readonly puzzles: number;
  /** The fraction of puzzles whose rating differs by at most 0.2 from the rating in the list. */
  readonly near: number;
  /** The fraction of puzzles whose level is the same as in the list. */
  readonly sameLevel: number;
}

const OF_EACH_LEVEL = 100;

/**
 * Returns how many puzzles are rated per second. In all of these puzzles, every clue is needed for
 * a unique solution. One third of the puzzles are easy, one third are medium and one third are
 * hard.
 */
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

/** A puzzle and its rating in a list. */
export interface RatedPuzzle {
  readonly grid: Grid;
  readonly listed: number;
}

/**
 * Reads a list of rated puzzles.
 *
 * @param path a file that has a puzzle and its rating on each line
 * @throws {OptionsError} if the file cannot be read, or if a line has no rating
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

/** Rates the puzzles in a list, and compares these ratings with the ratings in the list. */
export function measureAgreement(rated: readonly RatedPuzzle[]): Agreement {
  let [near, sameLevel] = [0, 0];
  for (const { grid, listed } of rated) {
    const { rating, level } = rate(grid);
    // Ratings are multiples of 0.1. The limit is 0.25 instead of 0.2, to allow for rounding errors.
    if (Math.abs(rating - listed) < 0.25) near++;
    if (level === levelOf(listed)) sameLevel++;
  }
  const puzzles = rated.length;
  return { puzzles, near: near / puzzles, sameLevel: sameLevel / puzzles };
}
