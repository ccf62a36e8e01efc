/**
 * One step of a human solution, as data: what it does, what it rests on and why it holds. Sentences
 * are made from it elsewhere, so that a page can show the same step in colours.
 */
import type { Board } from "../board/board.ts";
import type { Candidate, Reason } from "./step_reason.ts";
import type { Size } from "../board/shape.ts";

/** A step: digits to write, candidates to strike. At least one of the two lists has an entry. */
export interface Step {
  /** Its textbook name, "Naked pair" for example. */
  readonly technique: string;
  /** How hard it is, on the scale of Sudoku Explainer. */
  readonly rating: number;
  /** Digits to write. */
  readonly placements: readonly Candidate[];
  /** Candidates to strike. */
  readonly removals: readonly Candidate[];
  /** The cells that the step rests on. */
  readonly cells: readonly number[];
  /** The units that the step rests on. */
  readonly units: readonly number[];
  /** True where the step holds only because a puzzle has one solution. */
  readonly presumesUniqueness: boolean;
  /** Of the board that cells and units are numbered on. */
  readonly size: Size;
  /** Why the step holds. */
  readonly reason: Reason;
}

/** One way of reasoning. */
export interface Technique {
  /** Textbook name of the family; a step can be named more closely. */
  readonly name: string;
  /** The lowest rating that a step of it can have. */
  readonly rating: number;
  /** Steps of this kind that change the board, the easiest first. Leaves the board as it is. */
  steps(board: Board): Iterable<Step>;
}

/** Carries out a step on a board. Returns false when the board already had all of it. */
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
