/** Reports the error that made a command fail. */
import { SudokuError } from "../sudoku/board/sudoku_error.ts";
import { UserError } from "../system/user_error.ts";
import { describeSystemError } from "../system/describe_system_error.ts";

/**
 * Prints an error, and sets the exit code to 1. If the error is a bug, then its stack trace is
 * printed. Otherwise, only the message is printed.
 */
export function reportError(error: unknown): void {
  const message = isForUsers(error) ? error.message : describeSystemError(error);
  console.error(message === undefined ? error : `Error: ${message}`);
  Deno.exitCode = 1;
}

/**
 * Returns whether an error's message is meant for users. The Sudoku package depends on no other
 * code, so its errors have a separate base class.
 */
function isForUsers(error: unknown): error is UserError | SudokuError {
  return error instanceof UserError || error instanceof SudokuError;
}
