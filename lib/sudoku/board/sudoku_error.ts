/**
 * Defines the base class of this package's errors. It does not extend UserError, because lib/sudoku
 * imports no other folder.
 */

/**
 * The base class of all errors of this package. The message says what was attempted, what was
 * wanted and what was found.
 */
export class SudokuError extends Error {
  /** Name of the class, for stack traces. */
  override name = "SudokuError";
}
