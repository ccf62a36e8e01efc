/**
 * The base of this package's errors. It is not a UserError, since lib/sudoku imports nothing from
 * other folders.
 */

/**
 * The base of all errors of this package. The message says what was attempted, what was wanted and
 * what was found.
 */
export class SudokuError extends Error {
  /** Name of the class, for stack traces. */
  override name = "SudokuError";
}
