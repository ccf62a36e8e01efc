/** Thrown when a function cannot be compiled. The message gives the reason and a remedy. */
export class CompileError extends Error {
  /** The name that precedes the message. */
  override name = "CompileError";
}
