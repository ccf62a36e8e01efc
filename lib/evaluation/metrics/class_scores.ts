/**
 * Scores a set of images with a digit classifier. The scores measure how confident the classifier
 * is, how balanced the classes are, and how diverse the images within each class are.
 */
import { EvaluationError } from "../evaluation_error.ts";
import { type Features, requireFeatures } from "./features.ts";

export interface ClassScores {
  /**
   * The Inception Score (Salimans et al., arXiv 1606.03498), computed with the digit classifier
   * instead of Inception: exp(mean KL(p(class | image) ‖ p(class))). It ranges from 1 to the number
   * of classes.
   */
  readonly classifierScore: number;
  /** For each class, the fraction of images for which it is the most probable class. */
  readonly histogram: readonly number[];
  /**
   * Total variation distance between the histogram and a uniform one, which is half the sum of the
   * absolute differences. It ranges from 0 to 1.
   */
  readonly distanceFromUniform: number;
  /**
   * Fraction of images whose most probable class has a probability of at least {@linkcode SURE}.
   */
  readonly sureShare: number;
}

/**
 * The minimum confidence of a prediction that counts as sure. Of the predictions with exactly this
 * confidence, a calibrated classifier gets one in a hundred wrong.
 */
export const SURE = 0.99;

/**
 * Scores a set of images.
 *
 * @param probabilities `[count, classes]`, calibrated; each row adds up to 1
 * @param classes number of classes
 * @throws {EvaluationError} when there are no rows, or a row is not a probability distribution
 *
 * @example
 * ```ts
 * import { assertAlmostEquals, assertEquals } from "@std/assert";
 * const { classifierScore, histogram } = scoreClasses(Float64Array.of(1, 0, 0, 1), 2);
 * assertAlmostEquals(classifierScore, 2);
 * assertEquals(histogram, [0.5, 0.5]);
 * ```
 */
export function scoreClasses(
  probabilities: Float32Array | Float64Array,
  classes: number,
): ClassScores {
  const count = probabilities.length / classes;
  requireFeatures("Class scores", {
    values: probabilities,
    count,
    dimension: classes,
  });
  const marginal = new Float64Array(classes);
  const histogram = new Float64Array(classes);
  let sure = 0;
  let negativeEntropy = 0;
  for (let row = 0; row < count; row++) {
    const p = probabilities.subarray(row * classes, (row + 1) * classes);
    requireDistribution(p, row);
    const [best, answer] = largest(p);
    histogram[answer] += 1 / count;
    if (best >= SURE) sure++;
    p.forEach((value, i) => {
      marginal[i] += value / count;
      if (value > 0) negativeEntropy += value * Math.log(value) / count;
    });
  }
  const marginalEntropy = -marginal.reduce(
    (sum, value) => value > 0 ? sum + value * Math.log(value) : sum,
    0,
  );
  return Object.freeze({
    classifierScore: Math.exp(negativeEntropy + marginalEntropy),
    histogram: [...histogram],
    distanceFromUniform: histogram.reduce(
      (sum, share) => sum + Math.abs(share - 1 / classes) / 2,
      0,
    ),
    sureShare: sure / count,
  });
}

/** Returns the most probable class in each row. */
export function mostProbable(
  probabilities: Float32Array | Float64Array,
  classes: number,
): Uint8Array {
  return Uint8Array.from(
    { length: probabilities.length / classes },
    (_, row) => largest(probabilities.subarray(row * classes, (row + 1) * classes))[1],
  );
}

/**
 * Returns the diversity within classes. To compute it, averages the distance between the features
 * of two images over pairs within each class, and then averages over the classes. It is 0 if all
 * images of each digit are the same.
 *
 * @param answers the class of each image
 * @returns the mean over classes with at least two images, or undefined if there is no such class
 */
export function diversityWithinClasses(
  { values, count, dimension }: Features,
  answers: Uint8Array,
): number | undefined {
  requireFeatures("Diversity", { values, count, dimension });
  const rows = new Map<number, number[]>();
  answers.forEach((answer, row) => rows.set(answer, [...(rows.get(answer) ?? []), row]));
  const means = [...rows.values()].filter((members) => members.length > 1)
    .map((members) => meanDistance(values, dimension, members));
  return means.length === 0 ? undefined : means.reduce((sum, mean) => sum + mean, 0) / means.length;
}

/**
 * Maximum number of pairs to measure in each class. With this many pairs, the standard error is
 * about a hundredth of the standard deviation of the distances.
 */
const PAIRS = 10_000;

/**
 * Averages the distance over all pairs of members. If there are more than {@linkcode PAIRS} pairs,
 * uses only that many, starting with members that are next to each other in the list.
 */
function meanDistance(
  values: Features["values"],
  dimension: number,
  members: readonly number[],
): number {
  let [sum, pairs] = [0, 0];
  for (let step = 1; step < members.length && pairs < PAIRS; step++) {
    for (let i = 0; i + step < members.length && pairs < PAIRS; i++) {
      const [a, b] = [members[i] * dimension, members[i + step] * dimension];
      let squares = 0;
      for (let j = 0; j < dimension; j++) {
        squares += (values[a + j] - values[b + j]) ** 2;
      }
      sum += Math.sqrt(squares);
      pairs++;
    }
  }
  return sum / pairs;
}

function largest(p: Float32Array | Float64Array): [number, number] {
  let answer = 0;
  p.forEach((value, i) => {
    if (value > p[answer]) answer = i;
  });
  return [p[answer], answer];
}

const TOLERANCE = 1e-3;

function requireDistribution(p: Float32Array | Float64Array, row: number) {
  let sum = 0;
  for (const value of p) sum += value;
  if (Math.abs(sum - 1) < TOLERANCE && p.every((value) => value >= 0)) return;
  throw new EvaluationError(
    `Class scores: wanted rows of probabilities that add up to 1; found ${sum} in row ${row}.`,
  );
}
