import { UserError } from "../system/user_error.ts";

/**
 * Data that is missing, broken or not the expected data. The message names the file, what was
 * wanted and what was found.
 */
export class DatasetError extends UserError {
  override name = "DatasetError";
}
