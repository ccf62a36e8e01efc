/**
 * Finds steps with which a person could solve a puzzle: either the easiest steps in one position,
 * or all steps up to the solution.
 */
import { Board } from "../board/board.ts";
import type { Grid } from "../board/grid.ts";
import { applyStep, type Step } from "./step.ts";
import { techniques } from "./all_techniques.ts";

/** Options that limit which steps may be used. */
export interface ExplainOptions {
  /** The highest rating that a step may have. By default, there is no limit. */
  readonly atMost?: number;
}

/**
 * Returns the easiest step in a position. Returns undefined if the board is full or if no technique
 * helps.
 *
 * The function relies on the notes. If the right digit is missing from the notes of a cell, then
 * the step may be wrong.
 *
 * @param board the board with its digits and notes (see {@linkcode Board.of} and {@linkcode
 * Board.withNotes}); this board is not changed
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { Board, gridOf, nextStep } from "@sudogan/sudogan/sudoku";
 * const grid = gridOf(4, [1, 2, 3, 0, ...new Array(12).fill(0)]);
 * const step = nextStep(Board.of(grid))!;
 * assertEquals([step.technique, step.placements], ["Last in unit", [{ cell: 3, digit: 4 }]]);
 * ```
 */
export function nextStep(
  board: Board,
  { atMost = Infinity }: ExplainOptions = {},
): Step | undefined {
  for (const technique of techniques) {
    if (!isWithin(atMost, technique)) continue;
    for (const step of technique.steps(board)) {
      if (isWithin(atMost, step)) return step;
      break;
    }
  }
  return undefined;
}

/** Returns whether a rating is at most `atMost`. */
function isWithin(atMost: number, { rating }: Pick<Step, "rating">): boolean {
  // Ratings are multiples of a tenth; half a tenth absorbs rounding errors.
  return rating < atMost + 0.05;
}

/**
 * Returns all steps in a position that share the lowest rating. Returns no steps if no technique
 * helps. If these steps assume that the puzzle has only one solution, then only the first step is
 * returned, because such a step often makes the other steps invalid.
 */
export function easiestSteps(board: Board, atMost: number): readonly Step[] {
  for (const technique of techniques) {
    if (!isWithin(atMost, technique)) continue;
    const steps = [...technique.steps(board)];
    if (steps.length === 0 || !isWithin(atMost, steps[0])) continue;
    const [{ rating, presumesUniqueness }] = steps;
    if (presumesUniqueness) return steps.slice(0, 1);
    return steps.filter((step) => step.rating === rating);
  }
  return [];
}

/**
 * Returns the steps that solve a puzzle. Each step is the easiest step in its position. If no
 * technique helps in some position, then the list of steps ends there, before the board is full.
 *
 * The puzzle must have only one solution, because some techniques assume this. The steps of these
 * techniques are marked with `presumesUniqueness`.
 */
export function explain(
  grid: Grid,
  options: ExplainOptions = {},
): readonly Step[] {
  const board = Board.of(grid);
  const steps: Step[] = [];
  for (let step = nextStep(board, options); step; step = nextStep(board, options)) {
    applyStep(board, step);
    steps.push(step);
  }
  return steps;
}
