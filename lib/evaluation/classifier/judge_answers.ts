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
  /** Error rate, from 0 to 1. */
  readonly error: number;
  /** Computed from the original logits. The likelihood is in nats. */
  readonly uncalibrated: Likelihood;
  /** Computed from the logits divided by the temperature. */
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
  /** Sorted from the most to the least confident mistake. */
  readonly misread: readonly Misread[];
}

/**
 * Compares a classifier's predictions with the labels.
 *
 * @param logits `[count, 10]`
 * @param labels `[count]`
 * @param temperature fitted to other images
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
