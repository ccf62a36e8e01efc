/**
 * Computes the classification accuracy score (Ravuri and Vinyals, "Classification accuracy score
 * for conditional generative models", 2019). A classifier is trained only on generated digits. The
 * score is the fraction of real digits that this classifier then reads correctly. The score is low
 * if the generated digits are garbled or lack variety.
 *
 * A single classifier's score has a standard deviation of about 0.001 over its random weights and
 * batches, for the same 10,000 images. Good generators differ less than that, so the scores of
 * several classifiers are averaged. With the same seed, all sets of images are judged by
 * classifiers with the same random numbers.
 *
 * A conditional generator is told which digit to generate, so the label of each image is known. The
 * generators in this project are not conditional, so the project's own classifier labels the
 * images. Mistakes in these labels lower the score of the generator.
 */
import { mean, sampleStandardDeviation } from "simple-statistics";
import type { LabelledImages } from "../../dataset/mnist.ts";
import { take } from "../../dataset/split.ts";
import { CLASSES } from "../../models/classifier.ts";
import { applyModel } from "../../models/classify.ts";
import { deriveSeed, randomStream } from "../../random.ts";
import {
  parseClassifierOptions,
  type TrainClassifierOptions,
} from "../../training/classifier/options.ts";
import { trainClassifierSteps } from "../../training/classifier/train_classifier.ts";
import { createClassifier, disposeClassifier } from "../../training/classifier/trainee.ts";
import { stepsPerEpoch, totalSteps } from "../../training/run_length.ts";
import { judgeAnswers, type Judgement } from "../classifier/judge_answers.ts";
import { ACCURACY_CLASSIFIERS, ACCURACY_EPOCHS } from "./accuracy_score_name.ts";
import { EvaluationError } from "../evaluation_error.ts";

export interface AccuracyScoreOptions {
  /** Seed for all random choices; default 1. */
  readonly seed?: number;
  /** Number of classifiers to train, each with random numbers of its own; default 10. */
  readonly classifiers?: number;
  /** Number of passes over the generated images; default {@linkcode ACCURACY_EPOCHS}. */
  readonly epochs?: number;
  /**
   * Number of generated images to train on; default 10,000. If there are fewer images, then all of
   * them are used.
   */
  readonly images?: number;
  /** Options that replace the default options for training a classifier. */
  readonly training?: Partial<TrainClassifierOptions>;
  /** Receives the number of finished training steps and their total, over all classifiers. */
  readonly onProgress?: (done: number, steps: number) => void;
}

export interface AccuracyScore {
  /** Fraction of the real images that are read correctly; the mean over the classifiers. */
  readonly accuracy: number;
  /**
   * Standard deviation of the fraction over the classifiers, with the divisor n − 1; undefined if
   * there is only one classifier.
   */
  readonly deviation?: number;
  /**
   * For each digit, the fraction of its real images that are read correctly, as a mean over the
   * classifiers; null if there are no real images of the digit.
   */
  readonly accuracyOfClass: readonly (number | null)[];
  readonly classifiers: number;
  /** Number of generated images that each classifier was trained on. */
  readonly trainedOn: number;
  /** Number of real images that each classifier was tested on. */
  readonly testedOn: number;
  readonly epochs: number;
}

/**
 * Trains classifiers on generated digits and tests them on real digits. The floor is the score that
 * real images get, which is the best that can be expected. To compute it, pass real images as
 * `generated`. Use the same number of images, and let the same classifier label them.
 *
 * @param generated images with labels from a classifier
 * @param real images of the same size with true labels
 * @throws {EvaluationError} when there are no images, labels are missing, the image sizes differ,
 * or a number of images or classifiers is not a positive integer
 * @throws {OptionsError} when options are invalid
 * @throws {DivergedError} when the loss of a training step is not finite
 */
export async function classificationAccuracyScore(
  generated: LabelledImages,
  real: LabelledImages,
  {
    seed = 1,
    classifiers = ACCURACY_CLASSIFIERS,
    epochs = ACCURACY_EPOCHS,
    images = 10_000,
    training,
    onProgress,
  }: AccuracyScoreOptions = {},
): Promise<AccuracyScore> {
  requireDigits(generated, "generated");
  requireDigits(real, "real");
  requireSameSize(generated, real);
  requirePositive(images, "images to train on");
  requirePositive(classifiers, "classifiers");
  const data = takeSome(generated, images, seed);
  const trainings = Array.from({ length: classifiers }, (_, classifier) =>
    parseClassifierOptions({
      ...training,
      seed: deriveSeed(seed, "accuracy score", classifier),
      epochs,
    }));
  const steps = totalSteps(trainings[0], stepsPerEpoch(data.images, trainings[0]));
  const judgements: Judgement[] = [];
  for (const [i, options] of trainings.entries()) {
    const onStep = (step: number) => onProgress?.(i * steps + step, classifiers * steps);
    judgements.push(await trainAndTest({ data, real }, options, onStep));
  }
  return Object.freeze({
    ...averageJudgements(judgements),
    classifiers,
    trainedOn: data.images.count,
    testedOn: real.images.count,
    epochs,
  });
}

function averageJudgements(
  judgements: readonly Judgement[],
): Pick<AccuracyScore, "accuracy" | "deviation" | "accuracyOfClass"> {
  const accuracies = judgements.map(({ scores }) => 1 - scores.error);
  const shares = judgements.map(({ confusion }) => confusion.map(shareOnDiagonal));
  return {
    accuracy: mean(accuracies),
    ...(accuracies.length > 1 && { deviation: sampleStandardDeviation(accuracies) }),
    accuracyOfClass: shares[0].map((first, digit) =>
      first === null ? null : mean(shares.map((ofClassifier) => ofClassifier[digit]!))
    ),
  };
}

async function trainAndTest(
  { data, real }: { readonly data: LabelledImages; readonly real: LabelledImages },
  options: TrainClassifierOptions,
  onStep: (step: number) => void,
): Promise<Judgement> {
  const trainee = createClassifier(options, data.images);
  try {
    for await (const { step } of trainClassifierSteps(trainee, data, options)) onStep(step);
    return judgeAnswers(await applyModel(trainee.model, real.images), real.labels, 1);
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

function requirePositive(value: number, what: string): void {
  if (Number.isInteger(value) && value >= 1) return;
  throw new EvaluationError(
    `Classification accuracy score: wanted a whole number of ${what}, at least 1; found ${value}.`,
  );
}

function takeSome(
  data: LabelledImages,
  wanted: number,
  seed: number,
): LabelledImages {
  if (wanted >= data.images.count) return data;
  const order = randomStream(seed, "accuracy score")
    .permutation(data.images.count);
  return take(data, order.subarray(0, wanted));
}

function shareOnDiagonal(row: readonly number[], digit: number): number | null {
  const images = row.reduce((sum, count) => sum + count, 0);
  return images === 0 ? null : row[digit] / images;
}
