import { EvaluationError } from "../evaluation_error.ts";
import { type Features, requireFeatures } from "./features.ts";

export interface ClassScores {
  /**
   * The Inception Score (Salimans et al., arXiv 1606.03498), computed with the digit classifier
   * instead of the Inception network: exp(mean KL(p(class | image) ‖ p(class))). The score is
   * between 1 and the number of classes.
   */
  readonly classifierScore: number;
  /** For each class, the fraction of the images that the classifier assigns to it. */
  readonly histogram: readonly number[];
  /**
   * Half the sum of the absolute differences between `histogram` and a uniform histogram. The value
   * is between 0 and 1.
   */
  readonly distanceFromUniform: number;
  /**
   * Fraction of the images whose predicted class has a probability of at least {@linkcode SURE}.
   */
  readonly sureShare: number;
}

/**
 * The lowest confidence at which a prediction counts as sure. If the classifier is calibrated, one
 * in a hundred predictions with this confidence is wrong.
 */
export const SURE = 0.99;

/**
 * Scores images by the classifier's confidence and by the balance of the predicted classes.
 *
 * @param probabilities calibrated class probabilities of the images, `[count, classes]`; each row
 * adds up to 1
 * @throws {EvaluationError} if there are no rows, or if a row is not a probability distribution
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

/** Returns the most probable class of each row. */
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
 * Returns the mean distance between the features of two images of the same class, averaged over the
 * classes.
 *
 * @param answers the class of each image
 * @returns the average, or undefined if no class has two images
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
 * Maximum number of pairs of images that are compared per class. With this many pairs, the standard
 * error of the mean distance is about a hundredth of the standard deviation of the distances.
 */
const PAIRS = 10_000;

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
