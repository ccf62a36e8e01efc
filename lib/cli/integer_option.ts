/** Creates command-line options for whole numbers. */
import { Option } from "commander";
import { OptionsError } from "../system/parse_options.ts";

/**
 * Returns an option that accepts a whole number from 1 to `most`. Any other value causes an
 * OptionsError.
 */
export function integerOption(
  flags: string,
  description: string,
  initial: number,
  most: number,
): Option {
  return new Option(flags, `${description}, 1 to ${most}`).default(initial)
    .argParser((text) => {
      const value = Number(text);
      if (Number.isInteger(value) && value >= 1 && value <= most) return value;
      throw new OptionsError(
        `${flags}: wanted a whole number from 1 to ${most}, found '${text}'.`,
      );
    });
}
