import type { Candidate } from "../../../sudoku/mod.ts";
import type { PuzzleRating } from "./puzzle.ts";

/**
 * The layer in which a digit is entered. In the layer `colour`, the digit is the number of a
 * colour, counted from 1.
 */
export type Layer = "value" | "centre" | "corner" | "colour";

/**
 * The direction in which the cursor moves, or the place it moves to. The cursor stops at the edge
 * of the board.
 */
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
   * Enters a digit, mark or colour into the selected cells. If all these cells already have the
   * digit, mark or colour, then it is removed. Clues never change, and only empty cells get marks.
   */
  | {
    readonly type: "enter";
    readonly as: Layer;
    readonly digit: number;
    /**
     * Whether entering a digit as a value also removes it from the marks of all cells in the same
     * row, column or box. The default is true.
     */
    readonly cleanNotes?: boolean;
    /** The cells to change instead of the selected cells. */
    readonly cells?: readonly number[];
  }
  /**
   * Removes the player's digits from the selected cells. If these cells contain no such digits,
   * then their marks are removed. If they contain no marks either, then their colours are removed.
   */
  | { readonly type: "erase"; readonly cells?: readonly number[] }
  /** Switches automatic notes on or off. */
  | { readonly type: "autoNotes"; readonly on: boolean }
  /**
   * Writes all candidates into every empty cell that has no centre marks. Unlike automatic notes,
   * these marks are not updated when the board changes later.
   */
  | { readonly type: "fillNotes" }
  /**
   * Adds the correct digit to the centre notes of each empty cell whose notes lack it; while
   * automatic notes are off, cells without notes are skipped.
   */
  | { readonly type: "mendNotes" }
  | { readonly type: "clearColours" }
  /** Removes all digits, marks and colours that the player has entered. */
  | { readonly type: "clear" }
  /** Enters the digits that a hint gives, and removes the candidates that it rules out. */
  | {
    readonly type: "applyHint";
    readonly placements: readonly Candidate[];
    readonly removals: readonly Candidate[];
  }
  | { readonly type: "countHint" }
  | { readonly type: "undo" }
  | { readonly type: "redo" }
  /** Changes which cells are selected. The cursor moves to the last of the given cells. */
  | {
    readonly type: "select";
    readonly cells: readonly number[];
    readonly how: "replace" | "add" | "remove" | "toggle";
  }
  /**
   * Moves the cursor and selects the cell under it. If `extend` is true, then the previous
   * selection is kept too.
   */
  | { readonly type: "move"; readonly to: Direction; readonly extend?: boolean }
  /** Highlights a digit. If the digit is 0, then the highlight is removed. */
  | { readonly type: "highlight"; readonly digit: number }
  | { readonly type: "pause" }
  | { readonly type: "resume" }
  | { readonly type: "rate"; readonly rating: PuzzleRating };
