import { assert } from "@std/assert";

/** Fails if two numbers differ by more than `tolerance` times the larger absolute value. */
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
