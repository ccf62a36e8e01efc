/**
 * Defines the name of the classification accuracy score, which is the one score that is computed
 * only on request. The name contains the number of classifiers, because scores over different
 * numbers of classifiers are not equally precise.
 */

/** The default number of classifiers whose scores are averaged. */
export const ACCURACY_CLASSIFIERS = 10;

/** Name of the accuracy score with the default number of classifiers. */
export const ACCURACY_SCORE = accuracyScoreName(ACCURACY_CLASSIFIERS);

/**
 * Returns the name of the accuracy score over the given number of classifiers.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * assertEquals(accuracyScoreName(3), "classification accuracy score (classifiers: 3)");
 * ```
 */
export function accuracyScoreName(classifiers: number): string {
  return `classification accuracy score (classifiers: ${classifiers})`;
}

/**
 * Returns the number of classifiers in the name of an accuracy score, or undefined if the name is
 * the name of another score.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * assertEquals(accuracyClassifiersOf(accuracyScoreName(12)), 12);
 * assertEquals(accuracyClassifiersOf("recall"), undefined);
 * assertEquals(accuracyClassifiersOf("classification accuracy score"), undefined);
 * ```
 */
export function accuracyClassifiersOf(name: string): number | undefined {
  const found = name.match(/^classification accuracy score \(classifiers: (\d+)\)$/);
  return found ? Number(found[1]) : undefined;
}
