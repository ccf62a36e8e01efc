/** Names measures of reports that have upper limits, and knows the limits. */

const FIRST_CALL = ", first compiled call, ms";

/** The first compiled call of a model should take at most a second. */
const FIRST_CALL_MILLISECONDS = 1000;

/** Names the measure of the time that a model's first compiled call takes. */
export function nameFirstCall(title: string): string {
  return title + FIRST_CALL;
}

/** Returns the title in a name from {@linkcode nameFirstCall}; undefined for other measures. */
export function titleOfFirstCall(measure: string): string | undefined {
  return measure.endsWith(FIRST_CALL) ? measure.slice(0, -FIRST_CALL.length) : undefined;
}

/**
 * Returns the upper limit of a measure, or undefined if it has none.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * assertEquals(limitOf(nameFirstCall("small convnet")), 1000);
 * assertEquals(limitOf("memory, MB"), undefined);
 * ```
 */
export function limitOf(measure: string): number | undefined {
  return titleOfFirstCall(measure) === undefined ? undefined : FIRST_CALL_MILLISECONDS;
}
