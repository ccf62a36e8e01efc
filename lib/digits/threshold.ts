/**
 * Computes the lowest probability at which a classifier's answer counts as confident. If the
 * classifier is calibrated, then the expected fraction of wrong answers is the mean of 1 −
 * confidence.
 */
import type { Answer } from "../evaluation/classifier/calibration.ts";

/**
 * Returns the lowest suitable threshold. A threshold is suitable if, among the answers with at
 * least this confidence, the expected fraction of wrong answers is at most `errors`.
 *
 * @param answers answers of a calibrated classifier
 * @returns a probability; Infinity if no threshold is suitable
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
    // Equal confidences are kept or dropped together.
    if (confidence === sorted[i + 1]) continue;
    // The last factor is a margin for rounding errors in the sum.
    if (open > errors * (i + 1) * (1 + 1e-9)) break;
    threshold = confidence;
  }
  return threshold;
}
