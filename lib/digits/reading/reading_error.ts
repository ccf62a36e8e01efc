/** Thrown when a picture cannot be read as a board. */
import { DigitsError } from "../digits_error.ts";

export class ReadingError extends DigitsError {
  override name = "ReadingError";
}
