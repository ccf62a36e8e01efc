import { UserError } from "../system/user_error.ts";

/**
 * Thrown when the input of a metric is invalid. The message says what was attempted, what was
 * expected and what was found.
 */
export class EvaluationError extends UserError {
  /** Name of the class, for stack traces. */
  override name = "EvaluationError";
}
