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

/** A puzzle with exactly one solution. */
export interface PlayedPuzzle {
  readonly size: Size;
  /** The clue in each cell, or 0 if the cell has no clue. */
  readonly givens: readonly number[];
  /** The digit of the solution in each cell. */
  readonly solution: readonly number[];
  readonly origin: Origin;
  /** The difficulty of the puzzle; null until the puzzle is rated. */
  readonly rating: PuzzleRating | null;
}

/** How the player got a puzzle. */
export type Origin =
  | { readonly kind: "level"; readonly level: Level; readonly seed: string }
  | { readonly kind: "daily"; readonly level: Level; readonly date: string }
  | { readonly kind: "own" }
  | { readonly kind: "shared" };

/** The difficulty of a puzzle. */
export interface PuzzleRating {
  /** The level of the puzzle; null if the techniques of lib/sudoku cannot solve the puzzle. */
  readonly level: Level | null;
  /**
   * The rating of the hardest step that was taken, on the scale of the program Sudoku Explainer.
   */
  readonly value: number;
  /** The technique of the hardest step; null if no step was taken. */
  readonly hardest: string | null;
}

/**
 * The smallest number of clues that a 9x9 puzzle with exactly one solution can have. McGuire,
 * Tugemann and Civario proved that this number is the minimum ("There is no 16-clue Sudoku", 2014).
 */
const FEWEST_CLUES = 17;

/**
 * Creates a puzzle from its clues, and computes its solution.
 *
 * @param givens the clue in each cell, or 0 if the cell has no clue
 * @throws {GameError} when the clues break a rule, leave no cell empty, or do not have exactly one
 * solution
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
  // The search for solutions takes longest on a nearly empty board. There, no search is needed,
  // because such a board never has exactly one solution.
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
