import { UserError } from "../../system/user_error.ts";

/**
 * A file of weights that is missing, broken or not what it was taken for. The message says which,
 * what was wanted and found.
 */
export class WeightFileError extends UserError {
  override name = "WeightFileError";
}
