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
  /** For each cell: its clue, or 0. */
  readonly givens: readonly number[];
  /** For each cell: the right digit. */
  readonly solution: readonly number[];
  readonly origin: Origin;
  /** Null until the puzzle is rated. */
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
  /** Null if the techniques cannot solve the puzzle. */
  readonly level: Level | null;
  /** The rating of the hardest step on the scale of Sudoku Explainer. */
  readonly value: number;
  /** The technique of the hardest step; null if there is none. */
  readonly hardest: string | null;
}

/**
 * The smallest number of clues in a 9x9 puzzle with one solution: McGuire, Tugemann, Civario,
 * "There is no 16-clue Sudoku", 2014.
 */
const FEWEST_CLUES = 17;

/**
 * Makes a puzzle from clues, and solves it.
 *
 * @param givens for each cell: its clue, or 0
 * @throws {GameError} when the clues break a rule, fill the board, or do not have exactly one
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
  // Nearly empty boards would take the longest search, and its result is known.
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
