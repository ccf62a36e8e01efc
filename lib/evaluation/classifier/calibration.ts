/**
 * Calibrates classifiers by temperature scaling (Guo, Pleiss, Sun, Weinberger, "On calibration of
 * modern neural networks", arXiv 1706.04599). In a calibrated classifier, nine out of ten
 * predictions with confidence .9 are correct. Temperature scaling divides all logits by one number.
 * Predictions stay the same.
 */
import { CLASSES } from "../../models/classifier.ts";
import { softmax } from "../../models/classify.ts";

/** Search range of the temperature. */
const TEMPERATURES = { least: 0.05, most: 20 };

/** Enough for the precision of a double. */
const HALVINGS = 60;

/**
 * Returns the temperature that makes the labels most probable. The log-likelihood is concave in 1 /
 * temperature, so its slope changes sign at most once. If the slope does not change sign between
 * 0.05 and 20, returns one of these two limits. This happens if all predictions are correct.
 *
 * @param logits `[count, 10]`, for images that the classifier was not trained on
 * @param labels `[count]`
 * @throws {RangeError} when there are no labels, or the numbers of rows and labels differ
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
 * @throws {RangeError} when there are no labels, or the numbers of rows and labels differ
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
 * Returns the expected calibration error. Predictions are put into bins of equal width by their
 * confidence. A bin's error is the absolute difference between accuracy and mean confidence. The
 * result is the mean over all bins, weighted by the number of predictions.
 *
 * @param probabilities `[count, 10]`
 * @param bins default 15, as in the paper
 * @returns a number from 0 (calibrated) to 1
 * @throws {RangeError} when there are no labels, or the numbers of rows and labels differ
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

/** A classifier's prediction and its confidence. */
export interface Answer {
  readonly answer: number;
  /** The probability of the predicted digit. */
  readonly confidence: number;
}

/**
 * Returns the most probable digit in each row of `[count, 10]`. In a tie, the lowest digit wins.
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
