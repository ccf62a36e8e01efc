/**
 * Defines the base class of the errors in lib/sudoku. The class does not extend UserError, because
 * lib/sudoku does not import any other folder.
 */

/**
 * The base class of all errors of this package. The message of an error says what was attempted,
 * what was wanted and what was found.
 */
export class SudokuError extends Error {
  /** The name of the class, which appears in stack traces. */
  override name = "SudokuError";
}
