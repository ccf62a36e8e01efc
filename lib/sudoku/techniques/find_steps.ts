/** The steps that a person could take, from a position or through a whole puzzle. */
import { Board } from "../board/board.ts";
import type { Grid } from "../board/grid.ts";
import { applyStep, type Step } from "./step.ts";
import { techniques } from "./all_techniques.ts";

/** How far the explanation goes. */
export interface ExplainOptions {
  /** No step rated above this is taken. */
  readonly atMost?: number;
}

/**
 * Returns the easiest step from a position, or undefined when the board is full or no technique
 * helps.
 *
 * The notes are trusted: if a cell's notes lack the right digit, the step may be wrong.
 *
 * @param board digits and notes, see {@linkcode Board.of} and {@linkcode Board.withNotes}; left as
 * it is
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
    // Ratings are tenths; half a tenth keeps rounding errors out.
    if (technique.rating > atMost + 0.05) continue;
    for (const step of technique.steps(board)) {
      if (step.rating <= atMost + 0.05) return step;
      break;
    }
  }
  return undefined;
}

/**
 * All the easiest steps from a position, which have one rating; none where no technique helps. Of
 * steps that rest on the solution being the only one just the first: such a step often takes away
 * what another one rests on.
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
 * Returns the steps that solve a puzzle, always the easiest one next. They end early when no
 * technique helps; count the placements to see.
 *
 * The puzzle must have one solution: some techniques rest on that, and say so in their steps.
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
