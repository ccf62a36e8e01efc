/** Separates errors that users can fix from bugs in this project. */

/**
 * An error that users can fix. Its message says what was tried, what was expected, what was found
 * and what to do. If such an error occurs, commands print only the message. Any other error is a
 * bug, so commands print its stack trace.
 */
export class UserError extends Error {
  /** The name that stack traces show. */
  override name = "UserError";
}
