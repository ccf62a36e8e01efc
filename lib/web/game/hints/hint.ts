/** A hint as data, in three parts: where to look, which technique, the step drawn and in words. */
import type { Candidate, Size, Step } from "../../../sudoku/mod.ts";

/** A position to ask a hint for; see {@linkcode hintQuestion}. */
export interface HintQuestion {
  readonly size: Size;
  /** By cell: its digit, 0 where the cell is empty. */
  readonly values: readonly number[];
  /** By cell: the mask of digits that the player still thinks possible. */
  readonly notes: readonly number[];
  /** By cell: the right digit. */
  readonly solution: readonly number[];
}

/** The answer to a question. */
export type HintAnswer =
  | { readonly kind: "hint"; readonly hint: Hint }
  /** Digits that must be taken out first. */
  | { readonly kind: "wrong values"; readonly cells: readonly number[] }
  /** Notes that lack the right digit: the action "mendNotes" puts it back. */
  | { readonly kind: "wrong notes"; readonly cells: readonly number[] }
  /** No technique helps: a digit from the solution. */
  | { readonly kind: "stuck"; readonly digit: Candidate }
  | { readonly kind: "full" };

/** A step that helps. Show `where` first, then `technique`, then `drawing` and `sentence`. */
export interface Hint {
  /** Where to look. */
  readonly where: Place;
  /** Textbook name of the technique. */
  readonly technique: string;
  /** How hard it is, on the scale of Sudoku Explainer. */
  readonly rating: number;
  /** The drawing on the board. */
  readonly drawing: Drawing;
  /** What the step does and why, in English. */
  readonly sentence: string;
  /** The same in French, where the sentence doesn't begin with the technique's name. */
  readonly french: { readonly technique: string; readonly sentence: string };
  /** The step itself. */
  readonly step: Step;
}

/** A part of the board. */
export interface Place {
  /** Numbers of rows, columns and boxes: rows from 0, then columns, then boxes. */
  readonly units: readonly number[];
  /** The cells of these units, in ascending order. */
  readonly cells: readonly number[];
}

/** The drawing of a step. */
export interface Drawing {
  /** Cells that the step rests on. */
  readonly cells: readonly number[];
  /** Units that the step rests on. */
  readonly units: readonly number[];
  /** Candidates that the step rests on. */
  readonly pattern: readonly Candidate[];
  /** Digits to write. */
  readonly placements: readonly Candidate[];
  /** Candidates to strike. */
  readonly removals: readonly Candidate[];
  /** The claims of the step's chains, each of which follows from the first one. */
  readonly claims: readonly Claim[];
  /** From candidate to candidate. */
  readonly arrows: readonly Arrow[];
}

/** A candidate that a chain says holds or does not hold. */
export interface Claim extends Candidate {
  readonly on: boolean;
  /** Which of the step's chains says so. */
  readonly chain: number;
}

/** An arrow between two candidates. */
export interface Arrow {
  readonly from: Candidate;
  readonly to: Candidate;
  /**
   * "implies" where one claim of a chain forces the other; "either" where a unit has its digit in
   * one of the two (draw it without a head).
   */
  readonly kind: "implies" | "either";
  /** Which of the step's chains it belongs to, 0 where there is only one. */
  readonly chain: number;
}

/** A board on the way to the solution, with the step that comes next. */
export interface Stage {
  readonly values: readonly number[];
  /** By cell: the mask of candidates left. */
  readonly notes: readonly number[];
  /** Null on the last board. */
  readonly hint: Hint | null;
}

/** A whole puzzle, step by step. */
export interface Walkthrough {
  readonly stages: readonly Stage[];
  /** False where the techniques don't finish the puzzle. */
  readonly isSolved: boolean;
}
