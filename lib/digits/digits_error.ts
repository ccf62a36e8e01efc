/** Tells the user about a problem with the sheet of digits or its pictures. */
import { UserError } from "../system/user_error.ts";

export class DigitsError extends UserError {
  override name = "DigitsError";
}
