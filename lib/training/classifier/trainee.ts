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

/** Builds a classifier and its optimizer, both in the state they have at the start of a run. */
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

/** Returns the state that training changes: the network and the optimizer. */
export function classifierState(
  { model, optimizer }: ClassifierTrainee,
): TrainedState {
  return { networks: { classifier: model }, optimizers: { adam: optimizer } };
}

/** Frees the memory of the network and of the optimizer. */
export function disposeClassifier(trainee: ClassifierTrainee): void {
  trainee.model.dispose();
  trainee.optimizer.dispose();
}
