/** The actions of a player. */
import type { Candidate } from "../../../sudoku/mod.ts";
import type { PuzzleRating } from "./puzzle.ts";

/** The layer that a digit is entered in. Colours are numbered from 1 too. */
export type Layer = "value" | "centre" | "corner" | "colour";

/** Where the cursor goes. It stops at the edge. */
export type Direction =
  | "up"
  | "down"
  | "left"
  | "right"
  | "row start"
  | "row end"
  | "first"
  | "last";

/** An action, as {@linkcode reduce} carries it out. */
export type Action =
  /**
   * Enters a digit, mark or colour into the selected cells, or takes it out where all of them have
   * it. Marks go into empty cells only, values not into clues.
   */
  | {
    readonly type: "enter";
    readonly as: Layer;
    readonly digit: number;
    /** Whether a value strikes the marks that its peers have of it; true if left out. */
    readonly cleanNotes?: boolean;
    /** Other cells than the selected ones. */
    readonly cells?: readonly number[];
  }
  /** Empties the selected cells: of digits; where there are none, of marks; then of colours. */
  | { readonly type: "erase"; readonly cells?: readonly number[] }
  /** Switches automatic notes. */
  | { readonly type: "autoNotes"; readonly on: boolean }
  /** Writes all candidates as centre marks, once, into empty cells that have none. */
  | { readonly type: "fillNotes" }
  /** Puts right centre notes that lack the solution's digit. */
  | { readonly type: "mendNotes" }
  /** Removes all colours. */
  | { readonly type: "clearColours" }
  /** Removes all that the player wrote. */
  | { readonly type: "clear" }
  /** Writes and strikes what a hint says. */
  | {
    readonly type: "applyHint";
    readonly placements: readonly Candidate[];
    readonly removals: readonly Candidate[];
  }
  /** Counts a hint. */
  | { readonly type: "countHint" }
  | { readonly type: "undo" }
  | { readonly type: "redo" }
  /** Selects cells; the last one gets the cursor. */
  | {
    readonly type: "select";
    readonly cells: readonly number[];
    readonly how: "replace" | "add" | "remove" | "toggle";
  }
  /** Moves the cursor and selects its cell, besides the others if extended. */
  | { readonly type: "move"; readonly to: Direction; readonly extend?: boolean }
  /** Highlights a digit, or none with 0. */
  | { readonly type: "highlight"; readonly digit: number }
  | { readonly type: "pause" }
  | { readonly type: "resume" }
  /** Takes down how hard the puzzle is. */
  | { readonly type: "rate"; readonly rating: PuzzleRating };
