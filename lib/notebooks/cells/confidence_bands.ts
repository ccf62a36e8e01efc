/**
 * Counts a classifier's expected and actual mistakes, for several ranges (bands) of its confidence.
 */

/** A classifier's answer, and whether it is right. */
export interface CheckedAnswer {
  readonly confidence: number;
  readonly isRight: boolean;
}

/** The number of answers and mistakes in one band of confidence. */
export interface ConfidenceBand {
  readonly band: string;
  readonly answers: number;
  /** The expected number of mistakes: the sum of 1 − confidence over the band's answers. */
  readonly expected: number;
  readonly found: number;
}

/**
 * The bands in ascending order. From 0.9 on, each limit has one more 9 after the decimal point than
 * the limit before it.
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
 * Counts the answers and the mistakes in each band.
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
