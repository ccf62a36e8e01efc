/** Distinguishes errors that users can fix from bugs in this project. */

/**
 * The base class of all errors that users can fix. The message tells them everything that they need
 * to know: what was attempted, what was expected, what was found, and what to do. For these errors,
 * commands print only the message. Any other error is a bug in this project, so commands print its
 * stack trace.
 */
export class UserError extends Error {
  /** Name of the class, for stack traces. */
  override name = "UserError";
}
