/** Prepares the training steps of tf.layers models, in plain tfjs or accelerated. */
import * as tf from "@tensorflow/tfjs";
import { accelerate } from "../compile/mod.ts";

/** A training step that is ready to run. */
export interface PreparedStep {
  readonly step: () => void;
  readonly dispose: () => void;
}

/** A model with its settings for training. */
export interface PreparedModel {
  readonly model: tf.LayersModel;
  readonly dispose: () => void;
}

/** The ways to run a model, and their names in tables. */
export const ways = {
  eager: "tfjs-node",
  accelerated: "accelerated",
  fit: "fit, accelerated",
  keras: "Keras",
} as const;

/** Returns the name of the contender that runs the given model in the given way. */
export function nameContender(title: string, way: keyof typeof ways): string {
  return `${title}, ${ways[way]}`;
}

/** The parts of a model that {@linkcode prepareModel} needs. */
export interface TrainableModel {
  readonly build: () => tf.LayersModel;
  readonly optimizer: () => tf.Optimizer;
  readonly loss: string | string[];
}

/** Builds a model, and accelerates it if `isFast` is true. */
export function prepareModel(
  { build, optimizer, loss }: TrainableModel,
  isFast: boolean,
): PreparedModel {
  const model = build();
  model.compile({ optimizer: optimizer(), loss });
  const acceleration = isFast ? accelerate(model, { strict: true }) : undefined;
  return {
    model,
    dispose() {
      acceleration?.undo();
      model.dispose();
    },
  };
}

/**
 * Prepares the step of a model, which gets the given batches in turn.
 *
 * @param batches for each batch, first its inputs and then its targets
 */
export function prepareStep(
  trained: TrainableModel,
  batches: readonly tf.Tensor[][],
  isFast: boolean,
): PreparedStep {
  const { model, dispose } = prepareModel(trained, isFast);
  const train = trainFunctionOf(model);
  let next = 0;
  return {
    step() {
      const batch = batches[next++ % batches.length];
      tf.tidy(() => void train(batch)[0].dataSync());
    },
    dispose() {
      dispose();
      tf.dispose(batches.flat());
    },
  };
}

/** Returns the step that `fit` and `trainOnBatch` call for each batch. */
export function trainFunctionOf(model: tf.LayersModel): (data: tf.Tensor[]) => tf.Tensor[] {
  const { model: inner = model } = model as { model?: tf.LayersModel };
  return (inner as unknown as { makeTrainFunction(): (data: tf.Tensor[]) => tf.Tensor[] })
    .makeTrainFunction();
}
