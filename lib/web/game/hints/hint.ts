/**
 * Defines hints. A hint has three parts: the place to look, the name of the technique, and the step
 * itself. The step is shown as a drawing and in words.
 */
import type { Candidate, Size, Step } from "../../../sudoku/mod.ts";

/** A position in which the player wants a hint; see {@linkcode hintQuestion}. */
export interface HintQuestion {
  readonly size: Size;
  /** The digit in each cell, or 0 if the cell is empty. */
  readonly values: readonly number[];
  /** The digits that the player considers possible in each cell, as one bit mask per cell. */
  readonly notes: readonly number[];
  /** The correct digit of each cell. */
  readonly solution: readonly number[];
}

/** The answer to a {@linkcode HintQuestion}. */
export type HintAnswer =
  | { readonly kind: "hint"; readonly hint: Hint }
  /** The digits in these cells are wrong. The player must remove them first. */
  | { readonly kind: "wrong values"; readonly cells: readonly number[] }
  /** The notes in these cells lack the correct digit. The action "mendNotes" adds this digit. */
  | { readonly kind: "wrong notes"; readonly cells: readonly number[] }
  /** No technique helps, so the digit is taken from the solution. */
  | { readonly kind: "stuck"; readonly digit: Candidate }
  | { readonly kind: "full" };

/**
 * A hint for the next step. Show `where` first, then `technique`, and finally `drawing` and
 * `sentence`.
 */
export interface Hint {
  readonly where: PlaceToLook;
  readonly technique: string;
  /** The rating of the step on the scale of Sudoku Explainer. */
  readonly rating: number;
  readonly drawing: StepDrawing;
  /**
   * A sentence in English that states the effect of the step and the reason for it. The sentence
   * starts with the technique's name.
   */
  readonly sentence: string;
  /**
   * The technique's name and the sentence in French. The French sentence does not contain the
   * technique's name.
   */
  readonly french: { readonly technique: string; readonly sentence: string };
  readonly step: Step;
}

/** The part of the board that a hint points to. */
export interface PlaceToLook {
  /**
   * The numbers of the units that make up this part of the board. The units of a board are numbered
   * from 0: first the rows, then the columns, then the boxes.
   */
  readonly units: readonly number[];
  /** All cells of these units, in ascending order. */
  readonly cells: readonly number[];
}

/** A drawing that explains a step. */
export interface StepDrawing {
  readonly cells: readonly number[];
  readonly units: readonly number[];
  /** The candidates on which the step is based. */
  readonly pattern: readonly Candidate[];
  readonly placements: readonly Candidate[];
  readonly removals: readonly Candidate[];
  /**
   * The claims in the chains of the step, chain by chain. In each chain, the first claim is the
   * assumption.
   */
  readonly claims: readonly HintClaim[];
  readonly arrows: readonly Arrow[];
}

/**
 * A claim in a chain. If `on` is true, then the claim is that the candidate is right. Otherwise,
 * the claim is that the candidate is wrong.
 */
export interface HintClaim extends Candidate {
  readonly on: boolean;
  readonly chain: number;
}

/** An arrow between two candidates. */
export interface Arrow {
  readonly from: Candidate;
  readonly to: Candidate;
  /**
   * If the kind is "implies", then the claim at the start of the arrow leads to the claim at its
   * end. If the kind is "either", then the digit must be at one of the two ends, so the arrow has
   * no head.
   */
  readonly kind: "implies" | "either";
  /**
   * The number of the chain to which the arrow belongs, counted from 0. This number is 0 if the
   * step has no chains.
   */
  readonly chain: number;
}

/** A stage of the solution. It consists of the board and a hint for the next step. */
export interface Stage {
  readonly values: readonly number[];
  /** The remaining candidates of each cell, as one bit mask per cell. */
  readonly notes: readonly number[];
  /** A hint for the next step; null at the last stage. */
  readonly hint: Hint | null;
}

/** The solution of a puzzle, step by step. */
export interface Walkthrough {
  readonly stages: readonly Stage[];
  /** Whether the techniques solve the whole puzzle. */
  readonly isSolved: boolean;
}
