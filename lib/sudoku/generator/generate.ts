/**
 * Makes puzzles of a level.
 *
 * After Simon Tatham's generator: a random solution loses clues in random order as long as it stays
 * the only one; the puzzle is kept if the level's techniques solve it and those of the level below
 * don't. One that is too hard gets clues back, the last one taken first, until its level is right.
 * About one random puzzle in three is easy, one in four medium, one in five extreme, one in eight
 * each hard or expert: no level needs many attempts on 9x9.
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
 * The version of the generator. A change by which any seed gives another puzzle, also a change of
 * the rating, makes it one higher; see daily.ts.
 */
export const generatorVersion = 1;

/** What {@linkcode generate} makes. */
export interface GenerateOptions {
  /** How hard the puzzle is. */
  readonly level: Level;
  /** Which of the level's puzzles: a number, or any text. */
  readonly seed: number | string;
  /** Rows of the board; 9 if left out. */
  readonly size?: Size;
  /**
   * Whether no clue (with a symmetry: no group of clues) can be left out. Otherwise some may lower
   * the level.
   */
  readonly minimal?: boolean;
  /** What the pattern of clues is left unchanged by; "none" if left out. */
  readonly symmetry?: Symmetry;
}

/** A puzzle with its solution and rating. */
export interface Puzzle {
  /** The clues. */
  readonly grid: Grid;
  /** The only solution. */
  readonly solution: Grid;
  /** The level that was asked for. */
  readonly level: Level;
  /** The rating of the hardest step that it needs. */
  readonly rating: number;
  /** The name of that step's technique. */
  readonly hardest: string;
}

/** Thrown when no puzzle of the kind was found, or the day does not exist. */
export class GenerateError extends SudokuError {
  /** The class's name, as stacks show it. */
  override name = "GenerateError";
}

/** Far more than any level of 9x9 needs; small boards don't have all levels. */
const MOST_ATTEMPTS = 2000;

/**
 * Makes a puzzle with one solution that needs a technique of its level and no harder one. The same
 * options always make the same puzzle.
 *
 * @throws {GenerateError} when none is found: there is no extreme 4x4 puzzle, for example
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
  const { level, seed, size = 9, minimal = false, symmetry = "none" } = options;
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
  }
  throw new GenerateError(
    `Making a puzzle: wanted ${size}x${size}, level ${level}, symmetry ${symmetry}; found none in ${MOST_ATTEMPTS} attempts. Small boards don't have every level.`,
  );
}

interface Dug {
  /** With one solution still. */
  readonly grid: Grid;
  /** The groups of cells that were emptied, in that order. */
  readonly removed: readonly (readonly number[])[];
}

/** Takes groups of clues away, in random order, where the solution stays the only one. */
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

/** The puzzle, or why it is not of the level. */
type Verdict = Accepted | "too easy" | "too hard";

function accept(grid: Grid, level: Level): Verdict {
  const rank = levels.findIndex(({ name }) => name === level);
  // What the level below solves is soon seen, and spares the long search for the hardest puzzles'
  // steps.
  if (rank > 0 && rate(grid, { atMost: levels[rank - 1].upTo }).solved) {
    return "too easy";
  }
  const rating = rate(grid, { atMost: levels[rank].upTo });
  if (!rating.solved) return "too hard";
  return rating.level === level ? { grid, rating } : "too easy";
}

/** The puzzle, with as many of its last removed clues put back as the level asks for. */
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
  // The more clues are gone the harder it is, give or take a step: halve the interval where it
  // becomes too hard.
  let [solvable, tooHard] = [0, removed.length];
  while (tooHard - solvable > 1) {
    const middle = Math.floor((solvable + tooHard) / 2);
    if (rate(withRemoved(middle), { atMost: upTo }).solved) solvable = middle;
    else tooHard = middle;
  }
  return accept(withRemoved(solvable), level);
}
