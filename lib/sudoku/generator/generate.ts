/**
 * Makes puzzles of a given level, by the method of Simon Tatham's generator.
 *
 * The generator starts from a random solution and removes clues in random order. A clue stays if
 * the puzzle would have a second solution without it. The puzzle is accepted if the techniques of
 * the requested level solve it and the techniques of the next easier level do not. If the puzzle is
 * too hard, then clues are restored until it is no longer too hard. The clues that were removed
 * last are restored first.
 *
 * Of random 9x9 puzzles, about one in three is easy, one in four is medium, one in eight is hard,
 * one in eight is expert and one in five is extreme. Therefore no level needs many attempts.
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
 * The version of the generator. Increase the version with every change that makes a seed give a
 * different puzzle (see daily.ts). A change to the rating can have this effect.
 */
export const generatorVersion = 1;

/** Options for {@linkcode generate}. */
export interface GenerateOptions {
  /** The level of the puzzle. */
  readonly level: Level;
  /** The seed, which selects one of the puzzles of the level. */
  readonly seed: number | string;
  /** The number of rows, columns and boxes of the board. The default is 9. */
  readonly size?: Size;
  /**
   * Whether every clue must be needed for a unique solution. In a symmetric puzzle, each group of
   * symmetric clues must be needed as a whole, but a single clue of a group need not be. If this
   * option is false, then extra clues may make a puzzle easier. The default is false.
   */
  readonly minimal?: boolean;
  /** The symmetry of the pattern of clues. The default is "none". */
  readonly symmetry?: Symmetry;
  /** Called after each failed attempt with the number of failures so far. */
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
  /** The name of the technique that the hardest step uses. */
  readonly hardest: string;
}

/** Thrown when no suitable puzzle is found, or when the date of a daily puzzle does not exist. */
export class GenerateError extends SudokuError {
  /** The name of the class, which appears in stack traces. */
  override name = "GenerateError";
}

/**
 * The maximum number of attempts. There is a limit because small boards have no puzzles of some
 * levels. A 9x9 board needs far fewer attempts.
 */
const MOST_ATTEMPTS = 2000;

/**
 * Makes a puzzle with exactly one solution. Solving the puzzle requires a technique of the given
 * level, but no harder technique. The same options always give the same puzzle.
 *
 * @throws {GenerateError} when no such puzzle is found (for example, there is no extreme 4x4
 * puzzle)
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
  /** The remaining clues, which allow only one solution. */
  readonly grid: Grid;
  /** The groups of cells whose clues were removed, in order of removal. */
  readonly removed: readonly (readonly number[])[];
}

/**
 * Removes groups of clues in random order. A group stays if the puzzle would have a second solution
 * without it.
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

type Verdict = Accepted | "too easy" | "too hard";

function accept(grid: Grid, level: Level): Verdict {
  const rank = levels.findIndex(({ name }) => name === level);
  // The techniques of the easier level are tried first, because they are quick. Both calls have a
  // limit, so that no time is spent on puzzles that are too hard.
  if (rank > 0 && rate(grid, { atMost: levels[rank - 1].upTo }).solved) {
    return "too easy";
  }
  const rating = rate(grid, { atMost: levels[rank].upTo });
  if (!rating.solved) return "too hard";
  return rating.level === level ? { grid, rating } : "too easy";
}

/**
 * Restores groups of clues until the puzzle is not too hard. The group that was removed last is
 * restored first.
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
  // With rare exceptions, removing clues makes a puzzle harder. Bisection therefore finds the last
  // removal after which the puzzle is not too hard.
  let [solvable, tooHard] = [0, removed.length];
  while (tooHard - solvable > 1) {
    const middle = Math.floor((solvable + tooHard) / 2);
    if (rate(withRemoved(middle), { atMost: upTo }).solved) solvable = middle;
    else tooHard = middle;
  }
  return accept(withRemoved(solvable), level);
}
