/** A problem with the sheet of digits, reported to the user. */
import { UserError } from "../system/user_error.ts";

export class DigitsError extends UserError {
  override name = "DigitsError";
}
