/**
 * Defines hints. A hint has three parts: where to look, the name of the technique, and the step as
 * a drawing and in words.
 */
import type { Candidate, Size, Step } from "../../../sudoku/mod.ts";

/** A position for which the player wants a hint; see {@linkcode hintQuestion}. */
export interface HintQuestion {
  readonly size: Size;
  /** For each cell: its digit, or 0 if the cell is empty. */
  readonly values: readonly number[];
  /** For each cell: the digits that the player considers possible, as a mask. */
  readonly notes: readonly number[];
  /** For each cell: the right digit. */
  readonly solution: readonly number[];
}

/** The answer to a {@linkcode HintQuestion}. */
export type HintAnswer =
  | { readonly kind: "hint"; readonly hint: Hint }
  /** The digits in these cells are wrong and must be removed first. */
  | { readonly kind: "wrong values"; readonly cells: readonly number[] }
  /** The notes in these cells lack the right digit. The action "mendNotes" restores it. */
  | { readonly kind: "wrong notes"; readonly cells: readonly number[] }
  /** No technique helps. The digit comes from the solution. */
  | { readonly kind: "stuck"; readonly digit: Candidate }
  | { readonly kind: "full" };

/** A step that helps. Show `where` first, then `technique`, then `drawing` and `sentence`. */
export interface Hint {
  readonly where: PlaceToLook;
  readonly technique: string;
  /** The rating on the scale of Sudoku Explainer. */
  readonly rating: number;
  readonly drawing: StepDrawing;
  /**
   * The effect of the step and the reason for it, in English. It starts with the technique's name.
   */
  readonly sentence: string;
  /** The French sentence does not contain the technique's name. */
  readonly french: { readonly technique: string; readonly sentence: string };
  readonly step: Step;
}

/** The part of the board that a hint points to. */
export interface PlaceToLook {
  /** The numbers of the units from 0: rows first, then columns, then boxes. */
  readonly units: readonly number[];
  /** The cells of these units, in ascending order. */
  readonly cells: readonly number[];
}

/** The drawing of a step. */
export interface StepDrawing {
  readonly cells: readonly number[];
  readonly units: readonly number[];
  /** The candidates on which the step is based. */
  readonly pattern: readonly Candidate[];
  readonly placements: readonly Candidate[];
  readonly removals: readonly Candidate[];
  /** The claims of the step's chains. Each chain starts with its assumption. */
  readonly claims: readonly HintClaim[];
  readonly arrows: readonly Arrow[];
}

/** A claim in a chain: with `on`, the candidate is right, otherwise it is wrong. */
export interface HintClaim extends Candidate {
  readonly on: boolean;
  readonly chain: number;
}

/** An arrow between two candidates. */
export interface Arrow {
  readonly from: Candidate;
  readonly to: Candidate;
  /**
   * "implies": one claim in a chain forces the next. "either": the digit must be at one of the two
   * ends, so the arrow has no head.
   */
  readonly kind: "implies" | "either";
  /** The number of the chain, or 0 if there is only one. */
  readonly chain: number;
}

/** The board at one stage of the solution, with the next step. */
export interface Stage {
  readonly values: readonly number[];
  /** For each cell: the remaining candidates, as a mask. */
  readonly notes: readonly number[];
  /** Null on the last board. */
  readonly hint: Hint | null;
}

/** The solution of a puzzle, step by step. */
export interface Walkthrough {
  readonly stages: readonly Stage[];
  /** Whether the techniques solve the puzzle to the end. */
  readonly isSolved: boolean;
}
