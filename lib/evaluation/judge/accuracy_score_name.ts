/**
 * Defines the name of the classification accuracy score, which is the one score that is computed
 * only on request. The name contains the number of classifiers, because scores over different
 * numbers of classifiers are not equally precise, and the number of epochs, because longer training
 * raises the score.
 */

/** The default number of classifiers whose scores are averaged. */
export const ACCURACY_CLASSIFIERS = 10;

/**
 * The number of epochs for which each classifier is trained. The goal for generated digits is
 * 98.4 %, where real digits reach 98.9 %. A single classifier once read that share of real digits
 * after five epochs. As a mean over ten classifiers, real digits reach it only after six epochs:
 *
 * | epochs | real digits, % | generated digits of three seeds, % |
 * | ------ | -------------- | ---------------------------------- |
 * | 5      | 98.78          | 98.41, 98.37, 98.35                |
 * | 6      | 98.94          | 98.42, 98.65, 98.49                |
 * | 10     | 99.17          | not measured                       |
 */
export const ACCURACY_EPOCHS = 6;

/** The number of epochs for which each classifier was trained when the goal was set. */
export const FIRST_ACCURACY_EPOCHS = 5;

/** Name of the accuracy score with the default number of classifiers. */
export const ACCURACY_SCORE = accuracyScoreName(ACCURACY_CLASSIFIERS);

/** Name of the accuracy score as it was measured when the goal was set. */
export const FIRST_ACCURACY_SCORE = accuracyScoreName(ACCURACY_CLASSIFIERS, FIRST_ACCURACY_EPOCHS);

/**
 * Returns the name of the accuracy score over the given number of classifiers.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * assertEquals(accuracyScoreName(3), "classification accuracy score (classifiers: 3, epochs: 6)");
 * ```
 */
export function accuracyScoreName(classifiers: number, epochs = ACCURACY_EPOCHS): string {
  return `classification accuracy score (classifiers: ${classifiers}, epochs: ${epochs})`;
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
