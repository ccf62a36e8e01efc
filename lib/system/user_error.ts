/** The errors that are meant for users, apart from those that are this project's own faults. */

/**
 * The base of every error whose message says all that a user needs: what was attempted, what was
 * wanted, what was found, and what to do. Commands print the message alone. Whatever else is thrown
 * is a fault of ours, and its stack is shown.
 */
export class UserError extends Error {
  /** The name that stands before the message. */
  override name = "UserError";
}
