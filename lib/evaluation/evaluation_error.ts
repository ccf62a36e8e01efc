import { UserError } from "../system/user_error.ts";

/** Invalid input for a metric. The message says what was attempted, wanted and found. */
export class EvaluationError extends UserError {
  /** Name of the class, for stack traces. */
  override name = "EvaluationError";
}
