/** An error about the sheet of digits, or a picture made of it, that is meant for users. */
import { UserError } from "../system/user_error.ts";

export class DigitsError extends UserError {
  override name = "DigitsError";
}
