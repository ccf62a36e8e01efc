import { UserError } from "../../system/user_error.ts";

/**
 * A file of weights that is missing, broken or not the expected one. The message names the file,
 * what was wanted and what was found.
 */
export class WeightFileError extends UserError {
  override name = "WeightFileError";
}
