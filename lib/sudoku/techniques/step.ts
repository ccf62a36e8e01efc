/**
 * A step of a human solution, as data: its effect, its basis and its reason. Sentences are made
 * elsewhere, so that a page can show the same step in colours.
 */
import type { Board } from "../board/board.ts";
import type { Candidate, Reason } from "./step_reason.ts";
import type { Size } from "../board/shape.ts";

/** A step: digits to write and candidates to remove, at least one of either. */
export interface Step {
  /** Its textbook name, such as "Naked pair". */
  readonly technique: string;
  /** Its difficulty on the scale of Sudoku Explainer. */
  readonly rating: number;
  /** Digits to write. */
  readonly placements: readonly Candidate[];
  /** Candidates to remove. */
  readonly removals: readonly Candidate[];
  /** The cells that the step rests on. */
  readonly cells: readonly number[];
  /** The units that the step rests on. */
  readonly units: readonly number[];
  /** Whether the step holds only because a puzzle has one solution. */
  readonly presumesUniqueness: boolean;
  /** The size of the board, on which cells and units are numbered. */
  readonly size: Size;
  /** Why the step holds. */
  readonly reason: Reason;
}

/** One way of reasoning. */
export interface Technique {
  /** Textbook name of the family; a step may have a more specific name. */
  readonly name: string;
  /** The lowest possible rating of its steps. */
  readonly rating: number;
  /**
   * Returns the steps of this kind that change the board, easiest first. Does not change the board.
   */
  steps(board: Board): Iterable<Step>;
}

/** Applies a step to a board. Returns false if the board already had all of it. */
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
