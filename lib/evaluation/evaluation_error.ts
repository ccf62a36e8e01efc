import { UserError } from "../system/user_error.ts";

/**
 * Input that a metric cannot be computed from. The message says what was attempted, wanted and
 * found.
 */
export class EvaluationError extends UserError {
  /** The name that stands before the message. */
  override name = "EvaluationError";
}
