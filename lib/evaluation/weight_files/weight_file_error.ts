import { UserError } from "../../system/user_error.ts";

/**
 * Thrown for a file of weights that is missing, broken or the wrong one. The message says which
 * file it was, what was expected and what was found.
 */
export class WeightFileError extends UserError {
  override name = "WeightFileError";
}
