/**
 * Ends a failed command: prints a sentence if the user can fix the problem, or a stack trace if it
 * is a bug.
 */
import { SudokuError } from "../sudoku/board/sudoku_error.ts";
import { UserError } from "../system/user_error.ts";
import { describeSystemError } from "../system/describe_system_error.ts";

/** Prints an error and sets the exit code to 1. */
export function reportError(error: unknown): void {
  const message = isForUsers(error) ? error.message : describeSystemError(error);
  console.error(message === undefined ? error : `Error: ${message}`);
  Deno.exitCode = 1;
}

/**
 * The Sudoku package does not depend on the rest of the project, so its errors have their own base
 * class.
 */
function isForUsers(error: unknown): error is UserError | SudokuError {
  return error instanceof UserError || error instanceof SudokuError;
}
