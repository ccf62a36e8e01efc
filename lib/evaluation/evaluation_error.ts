import { UserError } from "../system/user_error.ts";

/** Thrown when the input of a metric is invalid. */
export class EvaluationError extends UserError {
  /** Name of the class, for stack traces. */
  override name = "EvaluationError";
}
