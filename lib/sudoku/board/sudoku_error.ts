/** The base of this package's errors, which stands alone: nothing here is imported from outside lib/sudoku. */

/** An error whose message is meant for whoever gave the input: what was attempted, what was wanted, what was found. */
export class SudokuError extends Error {
  /** The class's name, as stacks show it. */
  override name = "SudokuError";
}
