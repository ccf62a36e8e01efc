/** A classifier in training: the network and its optimizer. */
import * as tf from "@tensorflow/tfjs";
import type { ByteImages } from "../../images.ts";
import { buildClassifier } from "../../models/classifier.ts";
import { deriveSeed } from "../../random.ts";
import type { TrainedState } from "../checkpoint.ts";
import type { TrainClassifierOptions } from "./options.ts";

export interface ClassifierTrainee {
  readonly model: tf.Sequential;
  readonly optimizer: tf.AdamOptimizer;
}

/**
 * Builds the network and the optimizer of a run, as they are before its first step.
 *
 * @param options the run's options; `options.seed` fixes the weights
 */
export function createClassifier(
  options: TrainClassifierOptions,
  size: Pick<ByteImages, "height" | "width">,
): ClassifierTrainee {
  return {
    model: buildClassifier(
      options,
      size,
      deriveSeed(options.seed, "classifier"),
    ),
    optimizer: tf.train.adam(options.learningRate),
  };
}

/** What training changes, named as in its checkpoint. */
export function classifierState(
  { model, optimizer }: ClassifierTrainee,
): TrainedState {
  return { networks: { classifier: model }, optimizers: { adam: optimizer } };
}

/** Frees every tensor of a classifier in training. */
export function disposeClassifier(trainee: ClassifierTrainee): void {
  trainee.model.dispose();
  trainee.optimizer.dispose();
}
