import { CLASSES } from "../../models/classifier.ts";
import { softmax } from "../../models/classify.ts";
import {
  type Answer,
  answersOf,
  expectedCalibrationError,
  negativeLogLikelihood,
} from "./calibration.ts";

/** A classifier's scores. */
export interface ClassifierScores {
  readonly images: number;
  readonly wrong: number;
  /** The fraction of images that were misread, from 0 to 1. */
  readonly error: number;
  /**
   * Scores of the uncalibrated probabilities, which are computed from the logits without dividing
   * them by the temperature. The likelihood is in nats.
   */
  readonly uncalibrated: Likelihood;
  /** The same scores after the logits have been divided by the temperature. */
  readonly calibrated: Likelihood;
}

export interface Likelihood {
  readonly negativeLogLikelihood: number;
  readonly expectedCalibrationError: number;
}

/** An image whose digit was misread. */
export interface Misread extends Answer {
  /** Index of the image in the data set. */
  readonly index: number;
  readonly label: number;
}

export interface Judgement {
  readonly scores: ClassifierScores;
  /** `confusion[label][answer]` is the number of images with this label and this answer. */
  readonly confusion: readonly (readonly number[])[];
  /** All misread images. The mistake with the highest confidence comes first. */
  readonly misread: readonly Misread[];
}

/**
 * Compares a classifier's predictions with the labels.
 *
 * @param logits `[count, 10]`
 * @param labels `[count]`
 * @param temperature number by which the logits are divided, fitted to images that are not judged
 * here
 * @throws {RangeError} if there are no labels, or if the number of rows differs from the number of
 * labels
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
