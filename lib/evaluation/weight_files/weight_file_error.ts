import { UserError } from "../../system/user_error.ts";

/** Thrown when a weight file is missing, broken or not the right file. */
export class WeightFileError extends UserError {
  override name = "WeightFileError";
}
