/** The end of a command that failed: a sentence for what the user can mend, a stack for what is our fault. */
import { UserError } from "../user_error.ts";
import { describeSystemError } from "./describe_system_error.ts";

/** Prints an error and makes 1 the process's exit code. */
export function reportError(error: unknown): void {
  const message = error instanceof UserError
    ? error.message
    : describeSystemError(error);
  console.error(message === undefined ? error : `Error: ${message}`);
  Deno.exitCode = 1;
}
