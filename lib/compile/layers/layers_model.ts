/** Describes the internals of tfjs' models (tfjs-layers, engine/training.js). */
import type * as tf from "@tensorflow/tfjs";

/**
 * The tensors of a batch or of a whole data set: first the inputs, then the targets, then the
 * sample weights. A missing tensor is null.
 */
export type Data = readonly (tf.Tensor | null)[];

/**
 * Returns the results for a batch. The results are either the loss and the metrics, or the outputs.
 */
export type ModelFunction = (data: Data) => tf.Tensor[];

export type Logs = Record<string, number | tf.Scalar>;

/** The arguments of `fitLoop`, in the order that tfjs uses. */
export type FitArguments = [
  train: ModelFunction,
  ins: Data,
  outLabels: string[],
  batchSize: number | null | undefined,
  epochs: number | null | undefined,
  verbose: number | null | undefined,
  callbacks: tf.CustomCallback[],
  test: ModelFunction | null,
  testIns: Data,
  shuffle: boolean | string | null | undefined,
  metrics: string[],
  initialEpoch: number | null | undefined,
  stepsPerEpoch: number | null,
  validationSteps: number | null,
];

/**
 * The internals of a tf.LayersModel. When tfjs calls these methods, it looks them up on the model
 * object, so they can be replaced there.
 */
export interface InnerModel {
  readonly outputs: readonly tf.SymbolicTensor[];
  readonly history: tf.History;
  stopTraining_: boolean;
  testFunction: ModelFunction;
  readonly optimizer_: tf.Optimizer;
  readonly lossFunctions: readonly unknown[];
  readonly metricsTensors: readonly unknown[];
  readonly collectedTrainableWeights: readonly unknown[];
  makeTrainFunction(): ModelFunction;
  makeTestFunction(): void;
  fitLoop(...args: FitArguments): Promise<tf.History>;
  fitDataset(dataset: unknown, args: unknown): Promise<tf.History>;
  testLoop(
    test: ModelFunction,
    ins: Data,
    batchSize: number,
    verbose?: number,
    steps?: number | null,
  ): tf.Scalar[];
  predictLoop(
    ins: tf.Tensor | readonly tf.Tensor[],
    batchSize?: number,
    verbose?: boolean,
  ): tf.Tensor | tf.Tensor[];
}

/** A tf.Sequential, which wraps an inner model. Each call of `build` replaces the inner model. */
export interface OuterModel {
  readonly model?: InnerModel | null;
  build(...args: unknown[]): void;
}

/** Returns the settings that tfjs stores in the model when `compile` is called. */
export function modelSettingsOf(model: InnerModel): readonly unknown[] {
  const { optimizer_, lossFunctions, metricsTensors, collectedTrainableWeights } = model;
  return [optimizer_, lossFunctions, metricsTensors, collectedTrainableWeights];
}

/**
 * Divides `count` rows into batches. For each batch, returns the index of its first row and the
 * index of the row after its last row.
 */
export function listBatches(count: number, batchSize: number): [from: number, to: number][] {
  return Array.from({ length: Math.ceil(count / batchSize) }, (_, i) => {
    const from = i * batchSize;
    return [from, Math.min(from + batchSize, count)];
  });
}
