/**
 * Defines the data of a hint. A hint has three parts: where to look, the name of the technique, and
 * the step itself, as a drawing and in words.
 */
import type { Candidate, Size, Step } from "../../../sudoku/mod.ts";

/** A position for which a hint is requested; see {@linkcode hintQuestion}. */
export interface HintQuestion {
  readonly size: Size;
  /** For each cell: its digit, or 0 if the cell is empty. */
  readonly values: readonly number[];
  /** For each cell: the digits that the player still considers possible, as a mask. */
  readonly notes: readonly number[];
  /** For each cell: the right digit. */
  readonly solution: readonly number[];
}

/** The answer to a {@linkcode HintQuestion}. */
export type HintAnswer =
  | { readonly kind: "hint"; readonly hint: Hint }
  /** There are mistakes: the digits in these cells are wrong and must be removed first. */
  | { readonly kind: "wrong values"; readonly cells: readonly number[] }
  /**
   * There are mistakes: the notes in these cells lack the right digit. The action "mendNotes"
   * restores it.
   */
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
  /** The difficulty of the step, on the scale of Sudoku Explainer. */
  readonly rating: number;
  /** The drawing of the step on the board. */
  readonly drawing: StepDrawing;
  /** The effect of the step and the reason for it, in English. */
  readonly sentence: string;
  /**
   * The name of the technique and the sentence in French. Unlike the English sentence, the French
   * one does not contain the name.
   */
  readonly french: { readonly technique: string; readonly sentence: string };
  /** The step itself. */
  readonly step: Step;
}

/** The part of the board that a hint points to. */
export interface PlaceToLook {
  /** The numbers of the units. Rows are numbered first, from 0, then columns, then boxes. */
  readonly units: readonly number[];
  /** The cells of these units, in ascending order. */
  readonly cells: readonly number[];
}

/** The drawing of a step. */
export interface StepDrawing {
  /** The cells on which the step is based. */
  readonly cells: readonly number[];
  /** The units on which the step is based. */
  readonly units: readonly number[];
  /** The candidates on which the step is based. */
  readonly pattern: readonly Candidate[];
  /** Digits to write. */
  readonly placements: readonly Candidate[];
  /** Candidates to remove. */
  readonly removals: readonly Candidate[];
  /** The claims in the step's chains. In each chain, all other claims follow from the first one. */
  readonly claims: readonly HintClaim[];
  /** Arrows between candidates. */
  readonly arrows: readonly Arrow[];
}

/**
 * A claim in a chain. It says that a candidate is right if `on` is true, or wrong if `on` is false.
 */
export interface HintClaim extends Candidate {
  readonly on: boolean;
  /** The number of the chain that contains the claim. */
  readonly chain: number;
}

/** An arrow between two candidates. */
export interface Arrow {
  readonly from: Candidate;
  readonly to: Candidate;
  /**
   * "implies" means that one claim in a chain forces the other. "either" means that a digit must be
   * at one of the two ends; such an arrow is drawn without a head.
   */
  readonly kind: "implies" | "either";
  /** The number of the chain to which the arrow belongs, or 0 if there is only one chain. */
  readonly chain: number;
}

/** The board at one stage of the solution, with the next step. */
export interface Stage {
  readonly values: readonly number[];
  /** For each cell: the candidates that are left, as a mask. */
  readonly notes: readonly number[];
  /** The next step; null on the last board. */
  readonly hint: Hint | null;
}

/** The solution of a whole puzzle, step by step. */
export interface Walkthrough {
  readonly stages: readonly Stage[];
  /** Whether the techniques solve the puzzle to the end. */
  readonly isSolved: boolean;
}
