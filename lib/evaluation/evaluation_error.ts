import { UserError } from "../system/user_error.ts";

/**
 * Thrown for invalid input of a metric. The message says what was attempted, what was expected and
 * what was found.
 */
export class EvaluationError extends UserError {
  /** Name of the class, for stack traces. */
  override name = "EvaluationError";
}
