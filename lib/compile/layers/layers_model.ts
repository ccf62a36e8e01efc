/** The inside of tfjs' models (tfjs-layers, engine/training.js), as far as compiling rests on it. */
import type * as tf from "@tensorflow/tfjs";

/** A batch, or all data: inputs, targets, then weights of samples; null where there are none. */
export type Data = readonly (tf.Tensor | null)[];

/** What a model makes of a batch: the loss and the metrics, or the outputs. */
export type ModelFunction = (data: Data) => tf.Tensor[];

export type Logs = Record<string, number | tf.Scalar>;

/** The arguments of `fitLoop`, in tfjs' order. */
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

/** A tf.LayersModel; tfjs calls these methods on itself, so that others may stand in their place. */
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

/** A tf.Sequential: a model around another one, which is a new one after each `build`. */
export interface OuterModel {
  readonly model?: InnerModel | null;
  build(...args: unknown[]): void;
}

/**
 * What is decided when a model is compiled, by tfjs: with other settings its functions are others.
 */
export function settingsOf(model: InnerModel): readonly unknown[] {
  const { optimizer_, lossFunctions, metricsTensors, collectedTrainableWeights } = model;
  return [optimizer_, lossFunctions, metricsTensors, collectedTrainableWeights];
}

/** First and last row, the last exclusive, of each batch. */
export function listBatches(count: number, batchSize: number): [from: number, to: number][] {
  return Array.from({ length: Math.ceil(count / batchSize) }, (_, i) => {
    const from = i * batchSize;
    return [from, Math.min(from + batchSize, count)];
  });
}
