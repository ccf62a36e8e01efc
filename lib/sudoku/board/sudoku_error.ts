/**
 * The base of this package's errors, which stands alone: nothing here is imported from outside
 * lib/sudoku.
 */

/**
 * The base of the errors thrown here. The message says what was attempted, what was wanted and what
 * was found.
 */
export class SudokuError extends Error {
  /** The class's name, as stacks show it. */
  override name = "SudokuError";
}
