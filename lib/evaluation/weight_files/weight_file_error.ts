import { UserError } from "../../system/user_error.ts";

/**
 * Thrown when a weight file is missing or broken, or is not the right file. The message names the
 * file and says what was expected and what was found.
 */
export class WeightFileError extends UserError {
  override name = "WeightFileError";
}
