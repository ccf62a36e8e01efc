/** Separates errors that users can fix from bugs in this project. */

/**
 * An error that users can fix. The message says what was tried, wanted and found, and what to do.
 * Commands print only the message. Any other error is a bug, and commands print its stack trace.
 */
export class UserError extends Error {
  /** The name in stack traces. */
  override name = "UserError";
}
