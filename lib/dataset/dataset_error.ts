import { UserError } from "../system/user_error.ts";

/**
 * Data that is missing, broken or not what it was taken for. The message says which file, what was
 * wanted and found.
 */
export class DatasetError extends UserError {
  override name = "DatasetError";
}
