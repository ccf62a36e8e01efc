/**
 * Computes the classification accuracy score (Ravuri and Vinyals, "Classification accuracy score
 * for conditional generative models", 2019). A classifier is trained only on generated digits. The
 * score is the fraction of real digits that this classifier then reads correctly. The score is low
 * if the generated digits are garbled or lack variety.
 *
 * A conditional generator is told which digit to generate, so the label of each image is known. The
 * generators in this project are not conditional, so the project's own classifier labels the
 * images. Mistakes in these labels lower the score of the generator.
 */
import type { LabelledImages } from "../../dataset/mnist.ts";
import { take } from "../../dataset/split.ts";
import { CLASSES } from "../../models/classifier.ts";
import { applyModel } from "../../models/classify.ts";
import { randomStream } from "../../random.ts";
import {
  parseClassifierOptions,
  type TrainClassifierOptions,
} from "../../training/classifier/options.ts";
import { trainClassifierSteps } from "../../training/classifier/train_classifier.ts";
import { createClassifier, disposeClassifier } from "../../training/classifier/trainee.ts";
import { stepsPerEpoch, totalSteps } from "../../training/run_length.ts";
import { judgeAnswers } from "../classifier/judge_answers.ts";
import { EvaluationError } from "../evaluation_error.ts";

export interface AccuracyScoreOptions {
  /** Seed for all random choices; default 1. */
  readonly seed?: number;
  /** Number of passes over the generated images; default 5. */
  readonly epochs?: number;
  /**
   * Number of generated images to train on; default 10,000. If there are fewer images, then all of
   * them are used.
   */
  readonly images?: number;
  /** Options that replace the default options for training a classifier. */
  readonly training?: Partial<TrainClassifierOptions>;
  readonly onProgress?: (done: number, steps: number) => void;
}

export interface AccuracyScore {
  /** Fraction of the real images that are read correctly. */
  readonly accuracy: number;
  /**
   * For each digit, the fraction of its real images that are read correctly; null if there are no
   * real images of the digit.
   */
  readonly accuracyOfClass: readonly (number | null)[];
  /** Number of generated images that the classifier was trained on. */
  readonly trainedOn: number;
  /** Number of real images that the classifier was tested on. */
  readonly testedOn: number;
  readonly epochs: number;
}

/**
 * Trains a classifier on generated digits and tests it on real digits. The floor is the score that
 * real images get, which is the best that can be expected. To compute it, pass real images as
 * `generated`. Use the same number of images, and let the same classifier label them.
 *
 * @param generated images with labels from a classifier
 * @param real images of the same size with true labels
 * @throws {EvaluationError} when there are no images, labels are missing, or the image sizes differ
 * @throws {OptionsError} when options are invalid
 * @throws {DivergedError} when the loss of a training step is not finite
 */
export async function classificationAccuracyScore(
  generated: LabelledImages,
  real: LabelledImages,
  { seed = 1, epochs = 5, images = 10_000, training, onProgress }: AccuracyScoreOptions = {},
): Promise<AccuracyScore> {
  requireDigits(generated, "generated");
  requireDigits(real, "real");
  requireSameSize(generated, real);
  const options = parseClassifierOptions({ ...training, seed, epochs });
  const data = takeSome(generated, images, seed);
  const steps = totalSteps(options, stepsPerEpoch(data.images, options));
  const trainee = createClassifier(options, data.images);
  try {
    for await (
      const { step } of trainClassifierSteps(trainee, data, options)
    ) onProgress?.(step, steps);
    const logits = await applyModel(trainee.model, real.images);
    const { scores, confusion } = judgeAnswers(logits, real.labels, 1);
    return Object.freeze({
      accuracy: 1 - scores.error,
      accuracyOfClass: confusion.map(shareOnDiagonal),
      trainedOn: data.images.count,
      testedOn: real.images.count,
      epochs,
    });
  } finally {
    disposeClassifier(trainee);
  }
}

function requireDigits(
  { images, labels }: LabelledImages,
  which: string,
): void {
  if (images.count === 0 || labels.length !== images.count) {
    throw new EvaluationError(
      `Classification accuracy score: wanted ${which} images, and a label for each; found ${images.count} images and ` +
        `${labels.length} labels.`,
    );
  }
  const stray = labels.find((label) => label >= CLASSES);
  if (stray === undefined) return;
  throw new EvaluationError(
    `Classification accuracy score: wanted labels from 0 to ${CLASSES - 1} of ${which} ` +
      `images; found ${stray}.`,
  );
}

function requireSameSize(
  generated: LabelledImages,
  real: LabelledImages,
): void {
  const [a, b] = [generated, real].map(({ images: { height, width } }) => `${height}x${width}`);
  if (a === b) return;
  throw new EvaluationError(
    `Classification accuracy score: wanted generated images of ${b} pixels, like the real ones; found ${a}.`,
  );
}

function takeSome(
  data: LabelledImages,
  wanted: number,
  seed: number,
): LabelledImages {
  if (!Number.isInteger(wanted) || wanted < 1) {
    throw new EvaluationError(
      `Classification accuracy score: wanted a positive number of images to train on; found ${wanted}.`,
    );
  }
  if (wanted >= data.images.count) return data;
  const order = randomStream(seed, "accuracy score")
    .permutation(data.images.count);
  return take(data, order.subarray(0, wanted));
}

function shareOnDiagonal(row: readonly number[], digit: number): number | null {
  const images = row.reduce((sum, count) => sum + count, 0);
  return images === 0 ? null : row[digit] / images;
}
