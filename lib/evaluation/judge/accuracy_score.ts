/**
 * Classification accuracy score: how well a classifier that has seen nothing but generated digits
 * reads real ones (Ravuri and Vinyals, "Classification accuracy score for conditional generative
 * models", 2019). It falls where digits are garbled, and where a class or a way to write it is
 * missing.
 *
 * The generators here have no classes, so the labels are those that the project's own classifier
 * gives; what it misreads counts against the generator. No part of the training is kept: a minute
 * or two are made again.
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
  /** Fixes which images are taken, the classifier's weights and its training; default 1. */
  readonly seed?: number;
  /** Passes over the generated images; default 5. */
  readonly epochs?: number;
  /** Generated images to train on; default 10,000, or all of fewer. */
  readonly images?: number;
  /** What else differs from the project's own training of its classifier. */
  readonly training?: Partial<TrainClassifierOptions>;
  /** Called after each step of the training. */
  readonly onProgress?: (done: number, steps: number) => void;
}

export interface AccuracyScore {
  /** Share of the real images that are read right. */
  readonly accuracy: number;
  /** The same of each digit's images; null where there is none of them. */
  readonly accuracyOfClass: readonly (number | null)[];
  /** Generated images that the classifier was trained on. */
  readonly trainedOn: number;
  /** Real images that it was tested on. */
  readonly testedOn: number;
  readonly epochs: number;
}

/**
 * Trains a classifier of the project's kind on generated digits and tests it on real ones. The
 * floor is the same with real images in place of the generated ones, as many, labelled by the same
 * classifier.
 *
 * @param generated with the labels that a classifier has given them
 * @param real with their own labels, of the same size
 * @throws {EvaluationError} when there are no images, not a label for each, or images of two sizes
 * @throws {OptionsError} that names each wrong option
 * @throws {DivergedError} at the first loss that is not finite
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
    `Classification accuracy score: wanted generated images of the real ones' ${b} pixels; found ${a}.`,
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
