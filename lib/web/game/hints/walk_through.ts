import { applyStep, Board, gridOf, nextStep, type Size } from "../../../sudoku/mod.ts";
import { hintOf } from "./answer_hint.ts";
import type { Stage, Walkthrough } from "./hint.ts";

/**
 * Solves a puzzle step by step, always taking the easiest step. The puzzle must have exactly one
 * solution.
 *
 * @param onStep called after each step with the number of steps so far and the number of empty
 * cells
 */
export function walkThrough(
  size: Size,
  givens: readonly number[],
  onStep: (steps: number, empty: number) => void = () => {},
): Walkthrough {
  const board = Board.of(gridOf(size, givens));
  const stages: Stage[] = [];
  while (board.empty > 0) {
    const step = nextStep(board);
    if (step === undefined) break;
    stages.push({ ...listsOf(board), hint: hintOf(step, board) });
    applyStep(board, step);
    onStep(stages.length, board.empty);
  }
  stages.push({ ...listsOf(board), hint: null });
  return { stages, isSolved: board.empty === 0 };
}

function listsOf({ values, candidates }: Board): Pick<Stage, "values" | "notes"> {
  return { values: [...values], notes: [...candidates] };
}
