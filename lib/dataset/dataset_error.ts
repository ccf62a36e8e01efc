import { UserError } from "../system/user_error.ts";

/** Thrown when a file of a data set is missing, corrupt or different from what was expected. */
export class DatasetError extends UserError {
  override name = "DatasetError";
}
