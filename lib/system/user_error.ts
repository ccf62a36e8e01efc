/** Separates errors meant for users from this project's own bugs. */

/**
 * The base of every error whose message tells users everything they need: what was attempted,
 * wanted and found, and what to do. Commands print only the message. Any other error is a bug in
 * this project, and commands print its stack.
 */
export class UserError extends Error {
  /** Name of the class, for stack traces. */
  override name = "UserError";
}
