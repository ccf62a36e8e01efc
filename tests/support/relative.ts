import { assert } from "@std/assert";

/** Fails unless the numbers differ by at most `tolerance` times the larger one. */
export function assertRelative(
  actual: number,
  expected: number,
  tolerance: number,
  what = "the number",
): void {
  const difference = Math.abs(actual - expected);
  const scale = Math.max(Math.abs(actual), Math.abs(expected));
  assert(
    difference <= tolerance * scale,
    `${what}: wanted ${expected} to within ${tolerance} of itself; found ${actual}`,
  );
}
