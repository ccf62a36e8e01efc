/** Answers sorted by confidence, and the mistakes among them: announced, and made. */

/** An answer that can be checked. */
export interface CheckedAnswer {
  /** The probability that the classifier gives it. */
  readonly confidence: number;
  readonly isRight: boolean;
}

/** The answers whose confidence lies in one band. */
export interface ConfidenceBand {
  readonly band: string;
  readonly answers: number;
  /** Mistakes that the confidences announce: the sum of what each leaves open. */
  readonly expected: number;
  /** Mistakes that were made. */
  readonly found: number;
}

/** The bands in order: one for every nine behind the point. */
export const confidenceBands: readonly { readonly band: string; readonly below: number }[] = [
  { band: "below 0.5", below: 0.5 },
  { band: "0.5 to 0.9", below: 0.9 },
  { band: "0.9 to 0.99", below: 0.99 },
  { band: "0.99 to 0.999", below: 0.999 },
  { band: "0.999 to 0.9999", below: 0.9999 },
  { band: "0.9999 and more", below: Infinity },
];

/**
 * Counts mistakes by confidence, one band for every nine behind the point.
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
