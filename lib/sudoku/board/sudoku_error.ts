/**
 * The base of this package's errors. It stands alone, since nothing here is imported from outside
 * lib/sudoku.
 */

/**
 * The base of all errors of this package. The message says what was attempted, what was wanted and
 * what was found.
 */
export class SudokuError extends Error {
  /** Name of the class, for stack traces. */
  override name = "SudokuError";
}
