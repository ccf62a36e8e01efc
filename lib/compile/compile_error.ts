/**
 * The error that is thrown when a function cannot be compiled. The message gives the reason and a
 * remedy.
 */
export class CompileError extends Error {
  /** The name of the error, which is printed before the message. */
  override name = "CompileError";
}
