/** Defines the puzzle of a game: its clues, its one solution and its origin. */
import {
  findConflict,
  type Grid,
  gridOf,
  isFull,
  type Level,
  type Size,
  solve,
} from "../../../sudoku/mod.ts";
import { GameError } from "../game_error.ts";

/** A puzzle that has one solution. */
export interface PlayedPuzzle {
  /** The number of rows of the board. */
  readonly size: Size;
  /** The clue of each cell; 0 if there is none. */
  readonly givens: readonly number[];
  /** The right digit of each cell. */
  readonly solution: readonly number[];
  /** The origin of the puzzle. */
  readonly origin: Origin;
  /** The difficulty; null until the puzzle is rated. */
  readonly rating: PuzzleRating | null;
}

/** The origin of a puzzle. */
export type Origin =
  | { readonly kind: "level"; readonly level: Level; readonly seed: string }
  | { readonly kind: "daily"; readonly level: Level; readonly date: string }
  | { readonly kind: "own" }
  | { readonly kind: "shared" };

/** The difficulty of a puzzle. */
export interface PuzzleRating {
  /** The level; null if the known techniques cannot solve the puzzle. */
  readonly level: Level | null;
  /** The rating of the hardest step, on the scale of Sudoku Explainer. */
  readonly value: number;
  /** The name of that step's technique; null if the puzzle needs no technique. */
  readonly hardest: string | null;
}

/**
 * The smallest number of clues that a 9x9 puzzle with one solution can have: McGuire, Tugemann,
 * Civario, "There is no 16-clue Sudoku", 2014.
 */
const FEWEST_CLUES = 17;

/**
 * Makes a puzzle from clues, and solves it.
 *
 * @param givens the clue of each cell; 0 if there is none
 * @throws {GameError} when the clues break a rule, leave nothing to fill in, or have no solution or
 * several
 */
export function puzzleOf(
  size: Size,
  givens: ArrayLike<number>,
  { origin = { kind: "own" }, rating = null }: {
    readonly origin?: Origin;
    readonly rating?: PuzzleRating | null;
  } = {},
): PlayedPuzzle {
  const grid = gridOf(size, givens);
  const solution = solutionOf(grid);
  return Object.freeze({
    size,
    givens: Object.freeze([...grid.values]),
    solution: Object.freeze([...solution.values]),
    origin,
    rating,
  });
}

function solutionOf(grid: Grid): Grid {
  if (findConflict(grid) !== undefined) {
    throw refusal("conflict", "the same digit twice in a row, column or box");
  }
  if (isFull(grid)) throw refusal("full", "no empty cell");
  const clues = grid.values.filter((value) => value > 0).length;
  // This avoids a search with a known answer: nearly empty boards take the longest.
  if (grid.shape.size === 9 && clues < FEWEST_CLUES) {
    throw refusal("several solutions", `${clues} clues, which is too few for that`);
  }
  const outcome = solve(grid);
  if (outcome.kind === "none") throw refusal("no solution", "clues that no solution fits");
  if (outcome.kind === "several") throw refusal("several solutions", "several solutions");
  return outcome.solution;
}

type Refusal = "conflict" | "full" | "no solution" | "several solutions";

function refusal(code: Refusal, found: string): GameError {
  return new GameError(
    code,
    `Starting a puzzle: wanted one with exactly one solution; found ${found}.`,
  );
}
