/** Parses numeric options. */
import { InvalidArgumentError } from "commander";

/**
 * Parses a positive integer.
 *
 * @throws {InvalidArgumentError} for any other string
 * @example
 * ```ts
 * import { assertEquals, assertThrows } from "@std/assert";
 * assertEquals(positive("12"), 12);
 * assertThrows(() => positive("0"));
 * ```
 */
export function positive(text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value > 0) return value;
  throw new InvalidArgumentError(`wanted a positive integer, found '${text}'`);
}
