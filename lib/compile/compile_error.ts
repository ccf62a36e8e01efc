/**
 * A function that cannot be compiled. The message says what stands in the way, and what to do about
 * it.
 */
export class CompileError extends Error {
  /** The class' name. */
  /** The name that stands before the message. */
  override name = "CompileError";
}
