import { FastSolver } from "./fast_solver.ts";
import type { Grid } from "../board/grid.ts";
import { type Shape, shapeOf, type Size } from "../board/shape.ts";
import { SmallSolver } from "./small_solver.ts";

/**
 * Tells whether a puzzle has no solution, one solution or several solutions, and contains up to two
 * of the solutions.
 */
export type Outcome =
  | { readonly kind: "none" }
  | { readonly kind: "one"; readonly solution: Grid }
  | { readonly kind: "several"; readonly solutions: readonly [Grid, Grid] };

/**
 * Solves any number of puzzles of the same size, one after another, and uses the same memory for
 * all of them.
 */
export interface Solver {
  /**
   * Counts the solutions of a puzzle.
   *
   * @param values the digit of each cell, or 0 if the cell is empty
   * @param limit the number of solutions at which counting stops. With a limit of 2, a result of 1
   * proves that the solution is unique.
   */
  count(values: Readonly<Uint8Array>, limit: number): number;
  /**
   * Returns the first solution (index 0) or the second solution (index 1) that was found for the
   * last puzzle. Solving the next puzzle overwrites the returned array.
   */
  solution(index: 0 | 1): Readonly<Uint8Array>;
  /** The number of guesses that the last puzzle took. */
  readonly branches: number;
}

/**
 * Creates the fastest solver for a board size. To solve many puzzles, create one solver and reuse
 * it.
 */
export function createSolver(size: Size): Solver {
  return size === 9 ? new FastSolver() : new SmallSolver(shapeOf(size));
}

/**
 * Solves a puzzle. A grid that breaks a rule of Sudoku, such as a grid with two equal digits in a
 * row, has no solution.
 *
 * @param solver a solver to reuse, which must be made for the size of the grid
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { parseGrid, solve } from "@sudogan/sudogan/sudoku";
 * assertEquals(solve(parseGrid("1...............")).kind, "several");
 * assertEquals(solve(parseGrid("11..............")).kind, "none");
 * assertEquals(solve(parseGrid("12....1..3.....4")), {
 *   kind: "one",
 *   solution: parseGrid("1243341243212134"),
 * });
 * ```
 */
export function solve(
  { shape, values }: Grid,
  solver: Solver = createSolver(shape.size),
): Outcome {
  const solutions = solver.count(values, 2);
  if (solutions === 0) return { kind: "none" };
  const first = copySolution(shape, solver, 0);
  if (solutions === 1) return { kind: "one", solution: first };
  const second = copySolution(shape, solver, 1);
  return { kind: "several", solutions: [first, second] };
}

/**
 * Counts the solutions of a puzzle, and stops when the count reaches `limit`.
 *
 * @throws {RangeError} when the limit is not a positive integer
 */
export function countSolutions({ shape, values }: Grid, limit: number): number {
  if (!Number.isSafeInteger(limit) || limit < 1) {
    throw new RangeError(
      `Counting solutions: wanted a limit of at least 1, found ${limit}.`,
    );
  }
  return createSolver(shape.size).count(values, limit);
}

function copySolution(shape: Shape, solver: Solver, index: 0 | 1): Grid {
  return { shape, values: Uint8Array.from(solver.solution(index)) };
}
