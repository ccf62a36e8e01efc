import { UserError } from "../system/user_error.ts";

/**
 * Thrown when data is missing, corrupt or not what was expected. The message names the file and
 * says what was expected and what was found.
 */
export class DatasetError extends UserError {
  override name = "DatasetError";
}
