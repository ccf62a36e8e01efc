/**
 * Judges how well a classifier reads labelled digits. Reports its error rate, which digits it
 * confuses, the images that it misreads, and how well it is calibrated.
 */
import { CLASSES } from "../../models/classifier.ts";
import { softmax } from "../../models/classify.ts";
import {
  type Answer,
  answersOf,
  expectedCalibrationError,
  negativeLogLikelihood,
} from "./calibration.ts";

/** A classifier's scores, which can be saved as JSON. */
export interface ClassifierScores {
  readonly images: number;
  readonly wrong: number;
  /** Error rate, from 0 to 1. */
  readonly error: number;
  /**
   * The mean negative log-likelihood in nats and the expected calibration error, computed from the
   * original logits.
   */
  readonly uncalibrated: Likelihood;
  /** The same two measures, computed from the logits divided by the temperature. */
  readonly calibrated: Likelihood;
}

export interface Likelihood {
  readonly negativeLogLikelihood: number;
  readonly expectedCalibrationError: number;
}

/** An image whose digit the classifier mistook for a different one. */
export interface Misread extends Answer {
  /** Index of the image in the data set. */
  readonly index: number;
  readonly label: number;
}

export interface Judgement {
  readonly scores: ClassifierScores;
  /** `confusion[label][answer]` is the number of images with this label that got this answer. */
  readonly confusion: readonly (readonly number[])[];
  /** The misread digits, sorted from the most to the least confident mistake. */
  readonly misread: readonly Misread[];
}

/**
 * Compares a classifier's predictions with the labels.
 *
 * @param logits `[count, 10]`
 * @param labels `[count]`
 * @param temperature the classifier's temperature, which was fitted to other images
 * @throws {RangeError} when there are no labels, or the numbers of rows and labels differ
 */
export function judgeAnswers(
  logits: Float32Array,
  labels: Uint8Array,
  temperature: number,
): Judgement {
  const probabilities = softmax(logits, temperature);
  const calibrated = likelihood(probabilities, labels);
  const confusion = Array.from(
    { length: CLASSES },
    () => new Array<number>(CLASSES).fill(0),
  );
  const misread: Misread[] = [];
  answersOf(probabilities).forEach((given, index) => {
    const label = labels[index];
    confusion[label][given.answer]++;
    if (given.answer !== label) misread.push({ index, label, ...given });
  });
  misread.sort((a, b) => b.confidence - a.confidence);
  const scores = {
    images: labels.length,
    wrong: misread.length,
    error: misread.length / labels.length,
    uncalibrated: likelihood(softmax(logits), labels),
    calibrated,
  };
  return { scores, confusion, misread };
}

function likelihood(
  probabilities: Float64Array,
  labels: Uint8Array,
): Likelihood {
  return {
    negativeLogLikelihood: negativeLogLikelihood(probabilities, labels),
    expectedCalibrationError: expectedCalibrationError(probabilities, labels),
  };
}
