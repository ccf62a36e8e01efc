/** Finds the steps that a person could take, in one position or through a whole puzzle. */
import { Board } from "../board/board.ts";
import type { Grid } from "../board/grid.ts";
import { applyStep, type Step } from "./step.ts";
import { techniques } from "./all_techniques.ts";

/** Limits of an explanation. */
export interface ExplainOptions {
  /** The highest allowed rating of a step. */
  readonly atMost?: number;
}

/**
 * Returns the easiest step from a position, or undefined if the board is full or no technique
 * helps.
 *
 * Notes are trusted: if a cell's notes lack the right digit, the step may be wrong.
 *
 * @param board digits and notes (see {@linkcode Board.of} and {@linkcode Board.withNotes}); not
 * changed
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
    // Ratings are multiples of a tenth; half a tenth absorbs rounding errors.
    if (technique.rating > atMost + 0.05) continue;
    for (const step of technique.steps(board)) {
      if (step.rating <= atMost + 0.05) return step;
      break;
    }
  }
  return undefined;
}

/**
 * Returns all steps from a position that have the lowest rating, or none if no technique helps. Of
 * the steps that assume a unique solution it returns only the first, since such a step often
 * invalidates others.
 */
export function easiestSteps(board: Board, atMost: number): readonly Step[] {
  for (const technique of techniques) {
    if (technique.rating > atMost + 0.05) continue;
    const steps = [...technique.steps(board)];
    if (steps.length === 0 || steps[0].rating > atMost + 0.05) continue;
    const [{ rating, presumesUniqueness }] = steps;
    if (presumesUniqueness) return steps.slice(0, 1);
    return steps.filter((step) => step.rating === rating);
  }
  return [];
}

/**
 * Returns the steps that solve a puzzle, always taking the easiest one available. If no technique
 * helps, the steps end early and the placements do not fill the board.
 *
 * The puzzle must have one solution, since some techniques assume it; their steps are marked.
 */
export function explain(
  grid: Grid,
  options: ExplainOptions = {},
): readonly Step[] {
  const board = Board.of(grid);
  const steps: Step[] = [];
  while (board.empty > 0) {
    const step = nextStep(board, options);
    if (!step) break;
    applyStep(board, step);
    steps.push(step);
  }
  return steps;
}
