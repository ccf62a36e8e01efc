/**
 * Computes the probability at which a classifier counts as confident. A calibrated classifier is
 * expected to be wrong in a fraction of cases equal to the mean of 1 − confidence.
 */
import type { Answer } from "../evaluation/classifier/calibration.ts";

/**
 * Returns the lowest suitable threshold. Of the answers above the threshold, at most the fraction
 * `errors` is expected to be wrong.
 *
 * @param answers answers of a calibrated classifier
 * @returns a probability; Infinity if no threshold is high enough
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * const answers = [1, 0.99, 0.9].map((confidence) => ({ answer: 3, confidence }));
 * assertEquals(sureFrom(answers, 0.005), 0.99);
 * ```
 */
export function sureFrom(answers: readonly Answer[], errors: number): number {
  const sorted = answers.map(({ confidence }) => confidence).sort((a, b) => b - a);
  let [threshold, open] = [Infinity, 0];
  for (const [i, confidence] of sorted.entries()) {
    open += 1 - confidence;
    // A margin for rounding errors in the sum.
    if (open > errors * (i + 1) * (1 + 1e-9)) break;
    threshold = confidence;
  }
  return threshold;
}
