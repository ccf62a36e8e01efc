/**
 * Computes the lowest probability at which the classifier counts as confident. At confidence .99, a
 * calibrated classifier is wrong once in a hundred times. So the mean of 1 − confidence over
 * several answers is the fraction of them that is expected to be wrong.
 */
import type { Answer } from "../evaluation/classifier/calibration.ts";

/**
 * Returns the lowest suitable threshold. A threshold is suitable if at most a fraction `errors` of
 * the answers that reach it are expected to be wrong.
 *
 * @param answers answers of a calibrated classifier
 * @returns a probability; Infinity if even the most confident answer is not confident enough
 *
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
    // This margin allows for rounding errors in the sum.
    if (open > errors * (i + 1) * (1 + 1e-9)) break;
    threshold = confidence;
  }
  return threshold;
}
