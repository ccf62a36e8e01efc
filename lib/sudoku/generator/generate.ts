/**
 * Makes puzzles of a given level.
 *
 * The method is that of Simon Tatham's generator. It starts with a random solution and goes through
 * its clues in random order, removing each clue unless that would allow a second solution. The
 * puzzle is accepted if the techniques of the requested level solve it and those of the next easier
 * level do not. If the puzzle is too hard, clues are restored until it no longer is, beginning with
 * the clue that was removed last. Of random 9x9 puzzles, about one in three is easy, one in four
 * medium, one in eight hard, one in eight expert and one in five extreme. So no level needs many
 * attempts on this size.
 */
import { type PuzzleRandom, randomFromText, shuffle } from "./random_from_text.ts";
import { drawFullGrid } from "./full_grid.ts";
import type { Grid } from "../board/grid.ts";
import { type Level, levels, rate, type Rating } from "../rating/rate.ts";
import { shapeOf, type Size } from "../board/shape.ts";
import { SudokuError } from "../board/sudoku_error.ts";
import { createSolver, type Solver } from "../solver/solve.ts";
import { orbitsOf, type Symmetry } from "./symmetry.ts";

/**
 * The version of the generator. Increase it whenever a change makes any seed give a different
 * puzzle (see daily.ts). Even a change to the rating can do that.
 */
export const generatorVersion = 1;

/** Options of {@linkcode generate}. */
export interface GenerateOptions {
  /** Difficulty of the puzzle. */
  readonly level: Level;
  /** Selects one of the level's puzzles. The seed is a number or any string. */
  readonly seed: number | string;
  /** The number of rows of the board; default 9. */
  readonly size?: Size;
  /**
   * Whether every clue (or, with a symmetry, every group of clues) must be needed to make the
   * solution unique. If false, the puzzle may have extra clues that lower the level.
   */
  readonly minimal?: boolean;
  /** Symmetry of the clues; default "none". */
  readonly symmetry?: Symmetry;
  /** Called after each failed attempt, with the number of failed attempts so far. */
  readonly onAttempt?: (attempts: number) => void;
}

/** A puzzle with its solution and rating. */
export interface Puzzle {
  /** The clues. */
  readonly grid: Grid;
  /** The only solution. */
  readonly solution: Grid;
  /** The requested level. */
  readonly level: Level;
  /** The rating of the hardest step that the puzzle needs. */
  readonly rating: number;
  /** The name of the technique that this hardest step uses. */
  readonly hardest: string;
}

/** Thrown when no suitable puzzle was found, or when the date of a daily puzzle does not exist. */
export class GenerateError extends SudokuError {
  /** Name of the class, for stack traces. */
  override name = "GenerateError";
}

/**
 * The maximum number of attempts. It is far more than any level needs on 9x9. There has to be a
 * limit because small boards do not have puzzles of every level.
 */
const MOST_ATTEMPTS = 2000;

/**
 * Makes a puzzle that has exactly one solution and the requested level: to solve it, a technique of
 * that level is needed, but no harder technique. The same options always give the same puzzle.
 *
 * @throws {GenerateError} when no such puzzle is found; for example, there is no extreme 4x4 puzzle
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { formatLine, generate } from "@sudogan/sudogan/sudoku";
 * const make = () => generate({ level: "easy", seed: 7, size: 4 });
 * assertEquals(formatLine(make().grid), formatLine(make().grid));
 * ```
 */
export function generate(options: GenerateOptions): Puzzle {
  const { level, seed, size = 9, minimal = false, symmetry = "none", onAttempt } = options;
  const key = [generatorVersion, size, level, minimal, symmetry, seed];
  const random = randomFromText(`sudoku ${key.join(" ")}`);
  const solver = createSolver(size);
  for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
    const solution = drawFullGrid(shapeOf(size), random);
    const dug = digClues(solution, symmetry, { solver, random });
    const found = minimal ? accept(dug.grid, level) : acceptWithClues(dug, solution, level);
    if (typeof found === "object") {
      const { rating, hardest } = found.rating;
      return { grid: found.grid, solution, level, rating, hardest: hardest! };
    }
    onAttempt?.(attempt + 1);
  }
  throw new GenerateError(
    `Making a puzzle: wanted ${size}x${size}, level ${level}, symmetry ${symmetry}; found none in ${MOST_ATTEMPTS} attempts. Small boards do not have every level.`,
  );
}

interface Dug {
  /** The remaining clues, which still allow only one solution. */
  readonly grid: Grid;
  /** The groups of cells whose clues were removed, in order of removal. */
  readonly removed: readonly (readonly number[])[];
}

/**
 * Tries to remove each group of clues, in random order. Removes a group only if the solution stays
 * unique.
 */
function digClues(
  solution: Grid,
  symmetry: Symmetry,
  { solver, random }: {
    readonly solver: Solver;
    readonly random: PuzzleRandom;
  },
): Dug {
  const { shape } = solution;
  const values = solution.values.slice();
  const orbits = orbitsOf(shape, symmetry);
  const removed: (readonly number[])[] = [];
  for (const index of shuffle(orbits.length, random)) {
    const orbit = orbits[index];
    for (const cell of orbit) values[cell] = 0;
    if (solver.count(values, 2) === 1) removed.push(orbit);
    else for (const cell of orbit) values[cell] = solution.values[cell];
  }
  return { grid: { shape, values }, removed };
}

interface Accepted {
  readonly grid: Grid;
  readonly rating: Rating;
}

/** Either the accepted puzzle, or the reason why the puzzle does not have the requested level. */
type Verdict = Accepted | "too easy" | "too hard";

function accept(grid: Grid, level: Level): Verdict {
  const rank = levels.findIndex(({ name }) => name === level);
  // Trying the level below first is quick, and avoids the long search for steps of very hard
  // puzzles.
  if (rank > 0 && rate(grid, { atMost: levels[rank - 1].upTo }).solved) {
    return "too easy";
  }
  const rating = rate(grid, { atMost: levels[rank].upTo });
  if (!rating.solved) return "too hard";
  return rating.level === level ? { grid, rating } : "too easy";
}

/**
 * If the puzzle is too hard for the level, restores clues until it no longer is, beginning with the
 * clues that were removed last.
 */
function acceptWithClues(
  { grid, removed }: Dug,
  solution: Grid,
  level: Level,
): Verdict {
  const bare = accept(grid, level);
  if (bare !== "too hard") return bare;
  const { upTo } = levels.find(({ name }) => name === level)!;
  const withRemoved = (count: number): Grid => {
    const values = grid.values.slice();
    for (const cell of removed.slice(count).flat()) {
      values[cell] = solution.values[cell];
    }
    return { shape: grid.shape, values };
  };
  // Apart from small exceptions, removing clues makes a puzzle harder, so bisect for the point at
  // which it becomes too hard.
  let [solvable, tooHard] = [0, removed.length];
  while (tooHard - solvable > 1) {
    const middle = Math.floor((solvable + tooHard) / 2);
    if (rate(withRemoved(middle), { atMost: upTo }).solved) solvable = middle;
    else tooHard = middle;
  }
  return accept(withRemoved(solvable), level);
}
