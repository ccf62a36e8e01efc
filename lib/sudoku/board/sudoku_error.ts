/**
 * Defines the base class of the errors that this package throws. The class does not extend
 * UserError, since lib/sudoku imports nothing from other folders.
 */

/**
 * The base class of all errors that this package throws. The message says what was attempted, what
 * was wanted and what was found.
 */
export class SudokuError extends Error {
  /** Name of the class, for stack traces. */
  override name = "SudokuError";
}
