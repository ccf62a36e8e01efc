/**
 * Defines a hint as data, in three parts: where to look, the technique, and the step as a drawing
 * and in words.
 */
import type { Candidate, Size, Step } from "../../../sudoku/mod.ts";

/** A position to request a hint for; see {@linkcode hintQuestion}. */
export interface HintQuestion {
  readonly size: Size;
  /** The digit of each cell; 0 if the cell is empty. */
  readonly values: readonly number[];
  /** The mask of the digits that the player still considers possible in each cell. */
  readonly notes: readonly number[];
  /** The right digit of each cell. */
  readonly solution: readonly number[];
}

/** The answer to a {@linkcode HintQuestion}. */
export type HintAnswer =
  | { readonly kind: "hint"; readonly hint: Hint }
  /** Cells whose digits are wrong and must be removed first. */
  | { readonly kind: "wrong values"; readonly cells: readonly number[] }
  /** Cells whose notes lack the right digit. The action "mendNotes" restores it. */
  | { readonly kind: "wrong notes"; readonly cells: readonly number[] }
  /** No technique helps, so this is a digit from the solution. */
  | { readonly kind: "stuck"; readonly digit: Candidate }
  | { readonly kind: "full" };

/** A step that helps. Show `where` first, then `technique`, then `drawing` and `sentence`. */
export interface Hint {
  /** The part of the board to look at. */
  readonly where: PlaceToLook;
  /** The textbook name of the technique. */
  readonly technique: string;
  /** The difficulty on the scale of Sudoku Explainer. */
  readonly rating: number;
  /** The drawing on the board. */
  readonly drawing: StepDrawing;
  /** The effect and the reason of the step, in English. */
  readonly sentence: string;
  /** The same in French. This sentence does not contain the technique's name. */
  readonly french: { readonly technique: string; readonly sentence: string };
  /** The step itself. */
  readonly step: Step;
}

/** A part of the board. */
export interface PlaceToLook {
  /** The numbers of units: rows from 0, then columns, then boxes. */
  readonly units: readonly number[];
  /** The cells of these units, in ascending order. */
  readonly cells: readonly number[];
}

/** The drawing of a step. */
export interface StepDrawing {
  /** Cells on which the step is based. */
  readonly cells: readonly number[];
  /** Units on which the step is based. */
  readonly units: readonly number[];
  /** Candidates on which the step is based. */
  readonly pattern: readonly Candidate[];
  /** Digits to write. */
  readonly placements: readonly Candidate[];
  /** Candidates to remove. */
  readonly removals: readonly Candidate[];
  /** The claims of the step's chains. Within a chain, all claims follow from the first one. */
  readonly claims: readonly HintClaim[];
  /** Arrows between candidates. */
  readonly arrows: readonly Arrow[];
}

/** A chain's claim that a candidate is right (`on`) or wrong. */
export interface HintClaim extends Candidate {
  readonly on: boolean;
  /** The number of the chain that contains it. */
  readonly chain: number;
}

/** An arrow between two candidates. */
export interface Arrow {
  readonly from: Candidate;
  readonly to: Candidate;
  /**
   * "implies" if one claim of a chain forces the other. "either" if one of the two cells must
   * contain a unit's digit (draw this arrow without a head).
   */
  readonly kind: "implies" | "either";
  /** The number of the chain that contains it; 0 if there is only one. */
  readonly chain: number;
}

/** A board on the way to the solution, with the next step. */
export interface Stage {
  readonly values: readonly number[];
  /** The mask of the candidates left in each cell. */
  readonly notes: readonly number[];
  /** The next step; null on the last board. */
  readonly hint: Hint | null;
}

/** A whole puzzle, step by step. */
export interface Walkthrough {
  readonly stages: readonly Stage[];
  /** False if the techniques do not finish the puzzle. */
  readonly isSolved: boolean;
}
