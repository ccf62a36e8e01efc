import { setImmediate } from "node:timers/promises";
import * as tf from "@tensorflow/tfjs";
import { compile } from "../../compile/mod.ts";
import { type AffineMap, drawMap, gatherAugmented } from "../../dataset/augment.ts";
import type { LabelledImages } from "../../dataset/mnist.ts";
import type { ByteImages } from "../../images.ts";
import { randomStream } from "../../random.ts";
import { planSteps } from "../batch_order.ts";
import { requireFiniteLoss } from "../diverged_error.ts";
import { stepsPerEpoch, totalSteps } from "../run_length.ts";
import type { StepPlace, Values } from "../progress.ts";
import {
  type ClassifierMeasure,
  type ClassifierStep,
  createClassifierStep,
} from "./classifier_step.ts";
import { parseClassifierOptions, type TrainClassifierOptions } from "./options.ts";
import { type ClassifierTrainee, createClassifier } from "./trainee.ts";

/**
 * The cross-entropy in nats and the error rate of a batch, measured with dropout and augmentation.
 */
export type ClassifierStepReport = StepPlace & Values<ClassifierMeasure>;

/**
 * Trains a new classifier on all of the given images.
 *
 * @param labels digits from 0 to 9, one for each image
 * @returns a model that maps images `[batch, height, width, 1]` with values from 0 to 1 to logits
 * `[batch, 10]`; the caller must dispose of the model
 * @throws {OptionsError} when options are invalid
 * @throws {DivergedError} when a loss is not finite
 */
export async function trainClassifier(
  images: ByteImages,
  labels: Uint8Array,
  options: Partial<TrainClassifierOptions> = {},
): Promise<tf.LayersModel> {
  const all = parseClassifierOptions(options);
  const trainee = createClassifier(all, images);
  let finished = false;
  try {
    for await (
      const _ of trainClassifierSteps(trainee, { images, labels }, all)
    );
    finished = true;
    return trainee.model;
  } finally {
    trainee.optimizer.dispose();
    if (!finished) trainee.model.dispose();
  }
}

/**
 * Trains a classifier up to the last step of the run. Yields a report after each step, so that the
 * caller can save, evaluate or stop.
 *
 * @param firstStep number of steps that have already been taken
 * @throws {DivergedError} when a loss is not finite
 */
export async function* trainClassifierSteps(
  trainee: ClassifierTrainee,
  data: LabelledImages,
  options: TrainClassifierOptions,
  firstStep = 0,
): AsyncGenerator<ClassifierStepReport, void, void> {
  const steps = totalSteps(options, stepsPerEpoch(data.images, options));
  const runStep = compile(createClassifierStep(trainee, options, steps));
  const { count } = data.images;
  const { batchSize, seed } = options;
  const plan = planSteps({ count, batchSize, seed, steps, firstStep });
  try {
    for (const { number, indices, place } of plan) {
      const mapOf = augmentation(options, number);
      const [loss, error] = await takeStep(runStep, data, indices, {
        step: number,
        mapOf,
      });
      requireFiniteLoss(loss, {
        name: "the classifier's loss",
        step: place.step,
        advice: "Try a lower learning rate (1e-3 is usual), or another seed.",
      });
      // A training step on the native engine never lets the event loop run. Without this pause,
      // Ctrl-C would go unnoticed.
      await setImmediate();
      yield { loss, error, ...place };
    }
  } finally {
    runStep.dispose();
  }
}

type MapOf = (i: number) => AffineMap;

/**
 * Returns a function that draws a random map for each image, or undefined if the options leave
 * images unchanged.
 */
function augmentation(
  options: TrainClassifierOptions,
  step: number,
): MapOf | undefined {
  const { shift, rotation, scale, seed } = options;
  if (shift === 0 && rotation === 0 && scale === 0) return undefined;
  const stream = randomStream(seed, "augmentation", step);
  return () => drawMap(options, stream);
}

async function takeStep(
  runStep: ClassifierStep,
  { images, labels }: LabelledImages,
  indices: Uint32Array,
  { step, mapOf }: { step: number; mapOf: MapOf | undefined },
): Promise<Float32Array> {
  const batch = tf.tensor4d(gatherAugmented(images, indices, mapOf), [
    indices.length,
    images.height,
    images.width,
    1,
  ]);
  const wanted = tf.tensor1d(Int32Array.from(indices, (i) => labels[i]));
  const number = tf.scalar(step, "int32");
  const measured = runStep(batch, wanted, number);
  const values = await measured.data<"float32">();
  tf.dispose([batch, wanted, number, measured]);
  return values;
}
