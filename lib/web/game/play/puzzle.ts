/** The puzzle of a game: clues, the one solution, and where it is from. */
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
  /** Rows of the board. */
  readonly size: Size;
  /** By cell: the clue, 0 where there is none. */
  readonly givens: readonly number[];
  /** By cell: its digit. */
  readonly solution: readonly number[];
  /** Where the puzzle is from. */
  readonly origin: Origin;
  /** How hard it is; null as long as nobody rated it. */
  readonly rating: PuzzleRating | null;
}

/** Where a puzzle is from. */
export type Origin =
  | { readonly kind: "level"; readonly level: Level; readonly seed: string }
  | { readonly kind: "daily"; readonly level: Level; readonly date: string }
  | { readonly kind: "own" }
  | { readonly kind: "shared" };

/** How hard a puzzle is. */
export interface PuzzleRating {
  /** The band; null where the techniques don't finish the puzzle. */
  readonly level: Level | null;
  /** Of the hardest step, on the scale of Sudoku Explainer. */
  readonly value: number;
  /** The name of that step's technique; null for a puzzle that took none. */
  readonly hardest: string | null;
}

/**
 * Fewest clues that a 9x9 puzzle with one solution can have: McGuire, Tugemann, Civario, "There is no
 * 16-clue Sudoku", 2014.
 */
const FEWEST_CLUES = 17;

/**
 * Makes a puzzle of clues, and solves it.
 *
 * @param givens by cell: the clue, 0 where there is none
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
  // Spares the search where the answer is known: nearly empty boards take the longest.
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
