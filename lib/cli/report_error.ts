/** Ends a failed command. */
import { SudokuError } from "../sudoku/board/sudoku_error.ts";
import { UserError } from "../system/user_error.ts";
import { describeSystemError } from "../system/describe_system_error.ts";

/** Prints the message of a user's error, or a bug's stack trace. Sets the exit code to 1. */
export function reportError(error: unknown): void {
  const message = isForUsers(error) ? error.message : describeSystemError(error);
  console.error(message === undefined ? error : `Error: ${message}`);
  Deno.exitCode = 1;
}

/** The Sudoku package depends on nothing else and has its own base class of errors. */
function isForUsers(error: unknown): error is UserError | SudokuError {
  return error instanceof UserError || error instanceof SudokuError;
}
