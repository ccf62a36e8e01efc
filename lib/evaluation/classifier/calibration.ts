/**
 * Calibrates classifiers by temperature scaling (Guo, Pleiss, Sun, Weinberger, "On calibration of
 * modern neural networks", arXiv 1706.04599). If a classifier is calibrated, then nine out of ten
 * predictions with a confidence of 0.9 are correct. Temperature scaling divides all logits by the
 * same number, the temperature. This changes the confidences but not the predicted digits.
 */
import { CLASSES } from "../../models/classifier.ts";
import { softmax } from "../../models/classify.ts";

/** The range in which to search for the temperature. */
const TEMPERATURES = { least: 0.05, most: 20 };

/** Number of bisection steps, enough to reach double precision. */
const HALVINGS = 60;

/**
 * Returns the temperature that makes the labels most probable. The log-likelihood is concave in 1 /
 * temperature, so its slope changes sign at most once. If the slope does not change sign between
 * 0.05 and 20, then the function returns one of these two limits. For example, it returns 0.05 if
 * all predictions are correct.
 *
 * @param logits `[count, 10]`, computed for images that the classifier was not trained on
 * @param labels `[count]`
 * @throws {RangeError} if there are no labels, or if the number of rows differs from the number of
 * labels
 */
export function fitTemperature(
  logits: Float32Array,
  labels: Uint8Array,
): number {
  requireRows(logits, labels);
  let [low, high] = [TEMPERATURES.least, TEMPERATURES.most];
  for (let i = 0; i < HALVINGS; i++) {
    const middle = Math.sqrt(low * high);
    if (slope(logits, labels, middle) >= 0) high = middle;
    else low = middle;
  }
  return Math.sqrt(low * high);
}

/** Returns the derivative of the log-likelihood with respect to 1 / temperature. */
function slope(
  logits: Float32Array,
  labels: Uint8Array,
  temperature: number,
): number {
  const probabilities = softmax(logits, temperature);
  let sum = 0;
  labels.forEach((label, row) => {
    const from = row * CLASSES;
    sum += logits[from + label];
    for (let i = from; i < from + CLASSES; i++) {
      sum -= probabilities[i] * logits[i];
    }
  });
  return sum;
}

/**
 * Returns the mean negative log-likelihood of the labels in nats.
 *
 * @param probabilities `[count, 10]`
 * @throws {RangeError} if there are no labels, or if the number of rows differs from the number of
 * labels
 */
export function negativeLogLikelihood(
  probabilities: Float64Array,
  labels: Uint8Array,
): number {
  requireRows(probabilities, labels);
  let sum = 0;
  labels.forEach((label, row) => {
    sum -= Math.log(probabilities[row * CLASSES + label]);
  });
  return sum / labels.length;
}

/**
 * Returns the expected calibration error. The predictions are divided into bins of equal width
 * according to their confidence. The error of a bin is the absolute difference between its accuracy
 * and its mean confidence. The result is the mean error of all bins, weighted by the number of
 * predictions in each bin.
 *
 * @param probabilities `[count, 10]`
 * @param bins number of bins; the default is 15, as in the paper
 * @returns a number from 0 (perfectly calibrated) to 1
 * @throws {RangeError} if there are no labels, or if the number of rows differs from the number of
 * labels
 */
export function expectedCalibrationError(
  probabilities: Float64Array,
  labels: Uint8Array,
  bins = 15,
): number {
  requireRows(probabilities, labels);
  const excess = new Float64Array(bins);
  answersOf(probabilities).forEach(({ answer, confidence }, row) => {
    const bin = Math.min(bins - 1, Math.floor(confidence * bins));
    excess[bin] += confidence - (answer === labels[row] ? 1 : 0);
  });
  const total = excess.reduce((sum, value) => sum + Math.abs(value), 0);
  return total / labels.length;
}

/** The digit that a classifier predicts, and the confidence of the prediction. */
export interface Answer {
  readonly answer: number;
  /** The probability that the classifier gives to the predicted digit. */
  readonly confidence: number;
}

/**
 * Returns the most probable digit in each row of `[count, 10]`, with its probability. If several
 * digits are equally probable, then the lowest digit is returned.
 */
export function answersOf(probabilities: Float64Array): Answer[] {
  return Array.from({ length: probabilities.length / CLASSES }, (_, row) => {
    const from = row * CLASSES;
    let answer = 0;
    for (let i = 1; i < CLASSES; i++) {
      if (probabilities[from + i] > probabilities[from + answer]) answer = i;
    }
    return { answer, confidence: probabilities[from + answer] };
  });
}

function requireRows(values: ArrayLike<number>, labels: Uint8Array): void {
  if (labels.length > 0 && values.length === labels.length * CLASSES) return;
  throw new RangeError(
    `Judging a classifier: wanted ${CLASSES} numbers for each of at least one label, found ${values.length} numbers and ` +
      `${labels.length} labels.`,
  );
}
