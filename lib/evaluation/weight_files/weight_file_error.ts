import { UserError } from "../../system/user_error.ts";

/** Thrown when a weight file is missing, when it is broken, or when it is not the expected file. */
export class WeightFileError extends UserError {
  override name = "WeightFileError";
}
