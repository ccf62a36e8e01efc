/** Defines the actions of a player. */
import type { Candidate } from "../../../sudoku/mod.ts";
import type { PuzzleRating } from "./puzzle.ts";

/** The layer in which a digit is entered. Colours are numbered from 1, as digits are. */
export type Layer = "value" | "centre" | "corner" | "colour";

/** Where the cursor moves: in a direction, or to a cell. It stops at the edge of the board. */
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
   * Marks go only into empty cells, and values do not replace clues.
   */
  | {
    readonly type: "enter";
    readonly as: Layer;
    readonly digit: number;
    /**
     * True (the default) if entering a value also removes that digit from the marks of the cell's
     * peers.
     */
    readonly cleanNotes?: boolean;
    /** Cells to use instead of the selected ones. */
    readonly cells?: readonly number[];
  }
  /**
   * Empties the selected cells: removes their digits, or their marks if no cell has a digit, or
   * their colours if no cell has a mark either.
   */
  | { readonly type: "erase"; readonly cells?: readonly number[] }
  /** Switches automatic notes on or off. */
  | { readonly type: "autoNotes"; readonly on: boolean }
  /**
   * Writes all candidates, as centre marks, into empty cells that have no centre marks. This
   * happens only once, unlike with automatic notes.
   */
  | { readonly type: "fillNotes" }
  /** Adds the solution's digit to centre notes that lack it. */
  | { readonly type: "mendNotes" }
  /** Removes all colours. */
  | { readonly type: "clearColours" }
  /** Removes everything that the player wrote. */
  | { readonly type: "clear" }
  /**
   * Applies a hint: writes the digits that it places, and removes the candidates that it rules out.
   */
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
  /** Moves the cursor and selects its cell. With `extend`, the other cells stay selected. */
  | { readonly type: "move"; readonly to: Direction; readonly extend?: boolean }
  /** Highlights a digit; 0 removes the highlight. */
  | { readonly type: "highlight"; readonly digit: number }
  | { readonly type: "pause" }
  | { readonly type: "resume" }
  /** Records the difficulty of the puzzle. */
  | { readonly type: "rate"; readonly rating: PuzzleRating };
