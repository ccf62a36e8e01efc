import { UserError } from "../system/user_error.ts";

/** Thrown when data is missing, corrupt or not what was expected. */
export class DatasetError extends UserError {
  override name = "DatasetError";
}
