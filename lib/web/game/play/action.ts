import type { Candidate } from "../../../sudoku/mod.ts";
import type { PuzzleRating } from "./puzzle.ts";

/** The layer in which a digit is entered. Colours are numbered from 1. */
export type Layer = "value" | "centre" | "corner" | "colour";

/** Where the cursor moves. It stops at the edge of the board. */
export type Direction =
  | "up"
  | "down"
  | "left"
  | "right"
  | "row start"
  | "row end"
  | "first"
  | "last";

/** An action for {@linkcode reduce}. */
export type Action =
  /**
   * Enters a digit, mark or colour into the selected cells, or removes it if all of them have it.
   * Clues stay, and only empty cells get marks.
   */
  | {
    readonly type: "enter";
    readonly as: Layer;
    readonly digit: number;
    /**
     * Whether a new value also removes the digit from the marks of the cell's peers; default true.
     */
    readonly cleanNotes?: boolean;
    /** The cells to use instead of the selected cells. */
    readonly cells?: readonly number[];
  }
  /**
   * Removes the digits of the selected cells. If there are no digits, removes marks. If there are
   * no marks either, removes colours.
   */
  | { readonly type: "erase"; readonly cells?: readonly number[] }
  /** Switches automatic notes. */
  | { readonly type: "autoNotes"; readonly on: boolean }
  /**
   * Writes all candidates into empty cells without centre marks. Unlike automatic notes, this
   * happens only once.
   */
  | { readonly type: "fillNotes" }
  /** Adds the solution's digit to centre notes that lack it. */
  | { readonly type: "mendNotes" }
  | { readonly type: "clearColours" }
  /** Removes everything that the player wrote. */
  | { readonly type: "clear" }
  /** Writes a hint's digits and removes the candidates that it rules out. */
  | {
    readonly type: "applyHint";
    readonly placements: readonly Candidate[];
    readonly removals: readonly Candidate[];
  }
  | { readonly type: "countHint" }
  | { readonly type: "undo" }
  | { readonly type: "redo" }
  /** The last cell gets the cursor. */
  | {
    readonly type: "select";
    readonly cells: readonly number[];
    readonly how: "replace" | "add" | "remove" | "toggle";
  }
  /** Moves the cursor and selects its cell. With `extend`, all other cells stay selected. */
  | { readonly type: "move"; readonly to: Direction; readonly extend?: boolean }
  /** Highlights a digit. 0 removes the highlight. */
  | { readonly type: "highlight"; readonly digit: number }
  | { readonly type: "pause" }
  | { readonly type: "resume" }
  | { readonly type: "rate"; readonly rating: PuzzleRating };
