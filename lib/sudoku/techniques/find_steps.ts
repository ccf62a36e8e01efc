/** Finds the steps that a person could take, either in one position or to solve a whole puzzle. */
import { Board } from "../board/board.ts";
import type { Grid } from "../board/grid.ts";
import { applyStep, type Step } from "./step.ts";
import { techniques } from "./all_techniques.ts";

/** Limits of an explanation. */
export interface ExplainOptions {
  /** The highest rating that a step may have. */
  readonly atMost?: number;
}

/**
 * Returns the easiest step in a position, or undefined if the board is full or no technique helps.
 *
 * Notes are trusted: if a cell's notes lack the right digit, the step may be wrong.
 *
 * @param board the digits and notes (see {@linkcode Board.of} and {@linkcode Board.withNotes}); the
 * board is not changed
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

/** Returns whether a rating is not above a limit. */
function isWithin(atMost: number, { rating }: Pick<Step, "rating">): boolean {
  // Ratings are multiples of a tenth; half a tenth absorbs rounding errors.
  return rating < atMost + 0.05;
}

/**
 * Returns the easiest steps in a position: all steps that share the lowest rating, or none if no
 * technique helps. If these steps assume a unique solution, returns only the first, since such a
 * step often invalidates others.
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
 * Returns the steps that solve a puzzle. Each is the easiest step available at that point. If no
 * technique helps any further, the steps end before the board is full.
 *
 * The puzzle must have only one solution, since some techniques assume that. Steps by these
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
