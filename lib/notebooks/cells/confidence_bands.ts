/** Groups answers by confidence, and counts the expected and the actual mistakes in each group. */

/** An answer that has been checked. */
export interface CheckedAnswer {
  /** The probability that the classifier gives this answer. */
  readonly confidence: number;
  readonly isRight: boolean;
}

/** Counts of the answers whose confidence lies in one band. */
export interface ConfidenceBand {
  readonly band: string;
  readonly answers: number;
  /** The number of mistakes to expect from the confidences: the sum of 1 − confidence. */
  readonly expected: number;
  /** The number of mistakes that were made. */
  readonly found: number;
}

/**
 * The bands in ascending order. From 0.9 on, each further nine after the decimal point starts a new
 * band.
 */
export const confidenceBands: readonly { readonly band: string; readonly below: number }[] = [
  { band: "below 0.5", below: 0.5 },
  { band: "0.5 to 0.9", below: 0.9 },
  { band: "0.9 to 0.99", below: 0.99 },
  { band: "0.99 to 0.999", below: 0.999 },
  { band: "0.999 to 0.9999", below: 0.9999 },
  { band: "0.9999 and more", below: Infinity },
];

/**
 * Counts answers and mistakes in each band of confidence.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * const answers = [{ confidence: 0.75, isRight: true }, { confidence: 0.75, isRight: false }];
 * assertEquals(countMistakes(answers)[1], {
 *   band: "0.5 to 0.9",
 *   answers: 2,
 *   expected: 0.5,
 *   found: 1,
 * });
 * ```
 */
export function countMistakes(answers: readonly CheckedAnswer[]): ConfidenceBand[] {
  const counts = confidenceBands.map(({ band }) => ({ band, answers: 0, expected: 0, found: 0 }));
  for (const { confidence, isRight } of answers) {
    const count = counts[confidenceBands.findIndex(({ below }) => confidence < below)];
    count.answers++;
    count.expected += 1 - confidence;
    count.found += isRight ? 0 : 1;
  }
  return counts;
}
