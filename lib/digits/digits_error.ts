/** Defines the error for problems with the pictures of digits. Users can fix such problems. */
import { UserError } from "../system/user_error.ts";

export class DigitsError extends UserError {
  override name = "DigitsError";
}
