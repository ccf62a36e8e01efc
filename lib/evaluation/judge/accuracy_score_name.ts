/**
 * Defines the name of the classification accuracy score, which is the one score that is computed
 * only on request. The name contains the number of classifiers, because scores over different
 * numbers of classifiers are not equally precise, and the number of epochs, because longer training
 * raises the score.
 */

/** The default number of classifiers whose scores are averaged. */
export const ACCURACY_CLASSIFIERS = 10;

/**
 * The number of passes over the images that each classifier is trained for. Six is the smallest
 * number for which classifiers of 10,000 real digits read 98.9 % of the test digits, the figure for
 * which this project's goal of 98.4 % was set. Measured with ten classifiers, in %:
 *
 * | passes | real digits | digits of the committed recipe's three generators |
 * | ------ | ----------- | ------------------------------------------------- |
 * | 5      | 98.78       | 98.41, 98.37, 98.35                               |
 * | 6      | 98.94       | 98.42, 98.65, 98.49                               |
 * | 10     | 99.17       | not measured                                      |
 */
export const ACCURACY_EPOCHS = 6;

/** Name of the accuracy score with the default number of classifiers. */
export const ACCURACY_SCORE = accuracyScoreName(ACCURACY_CLASSIFIERS);

/**
 * Returns the name of the accuracy score over the given number of classifiers.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * assertEquals(accuracyScoreName(3), "classification accuracy score (classifiers: 3, epochs: 6)");
 * ```
 */
export function accuracyScoreName(classifiers: number): string {
  return `classification accuracy score (classifiers: ${classifiers}, epochs: ${ACCURACY_EPOCHS})`;
}

/**
 * Returns the number of classifiers in the name of an accuracy score, or undefined if the name is
 * the name of another score or of an accuracy score with another number of epochs.
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
  const classifiers = Number(name.match(/\(classifiers: (\d+),/)?.[1]);
  return name === accuracyScoreName(classifiers) ? classifiers : undefined;
}
