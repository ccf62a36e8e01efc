/**
 * The end of a command that failed: a sentence for what the user can mend, a stack for what is our
 * fault.
 */
import { SudokuError } from "../sudoku/board/sudoku_error.ts";
import { UserError } from "../system/user_error.ts";
import { describeSystemError } from "../system/describe_system_error.ts";

/** Prints an error and makes 1 the process's exit code. */
export function reportError(error: unknown): void {
  const message = isForUsers(error) ? error.message : describeSystemError(error);
  console.error(message === undefined ? error : `Error: ${message}`);
  Deno.exitCode = 1;
}

/** The Sudoku package stands alone, so its errors have a base of their own. */
function isForUsers(error: unknown): error is UserError | SudokuError {
  return error instanceof UserError || error instanceof SudokuError;
}
