/**
 * Defines data structures for the steps by which a person solves a puzzle. The code in
 * lib/sudoku/words turns steps into sentences, and a web page can show steps in colour.
 */
import type { Board } from "../board/board.ts";
import type { Candidate, Reason } from "./step_reason.ts";
import type { Size } from "../board/shape.ts";

/**
 * A step consists of digits to write and candidates to remove. At least one of the two lists is not
 * empty.
 */
export interface Step {
  /** The textbook name of the technique, such as "Naked pair". */
  readonly technique: string;
  /** The difficulty of the step, on the scale of the program Sudoku Explainer. */
  readonly rating: number;
  /** Digits to write. */
  readonly placements: readonly Candidate[];
  /** Candidates to remove. */
  readonly removals: readonly Candidate[];
  /** The cells on which the step is based. */
  readonly cells: readonly number[];
  /** The units on which the step is based. */
  readonly units: readonly number[];
  /** Whether the step is valid only because the puzzle has exactly one solution. */
  readonly presumesUniqueness: boolean;
  /** The size of the board. The size determines which cell or unit a number refers to. */
  readonly size: Size;
  /** The reason why the step is valid. */
  readonly reason: Reason;
}

/** A way of reasoning that leads to steps. */
export interface Technique {
  /** The textbook name of the technique. The name in a step may be more specific. */
  readonly name: string;
  /** The lowest possible rating of the technique's steps. */
  readonly rating: number;
  /**
   * Returns the steps that this technique finds on the board, the easiest step first. Each step
   * would change the board. This method does not apply the steps.
   */
  steps(board: Board): Iterable<Step>;
}

/** Applies a step. Returns whether the board changed. */
export function applyStep(board: Board, step: Step): boolean {
  let isChanged = false;
  for (const { cell, digit } of step.removals) {
    const bit = 1 << (digit - 1);
    if (!(board.candidates[cell] & bit)) continue;
    board.remove(cell, bit);
    isChanged = true;
  }
  for (const { cell, digit } of step.placements) {
    if (!(board.candidates[cell] >> (digit - 1) & 1)) continue;
    board.place(cell, digit);
    isChanged = true;
  }
  return isChanged;
}
