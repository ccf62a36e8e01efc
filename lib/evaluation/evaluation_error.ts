import { UserError } from "../system/user_error.ts";

/** Thrown if the input of a metric is invalid. */
export class EvaluationError extends UserError {
  /** Name of the class, as shown in stack traces. */
  override name = "EvaluationError";
}
