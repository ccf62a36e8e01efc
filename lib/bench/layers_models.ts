/**
 * Defines common tf.layers models with random data, which are used to benchmark `accelerate`. The
 * same models are defined for Keras in peers/layers_steps.py. Both files set every option whose
 * default differs between tfjs and Keras, and those of the optimizers and of batch normalization.
 * Only the initial weights are drawn differently. tests/bench/layers_peers_test.ts gives both the
 * same weights and compares the losses.
 */
import * as tf from "@tensorflow/tfjs";
import { drawNumbers, drawOneHots, drawWholes } from "./random_batches.ts";

const { layers } = tf;

export interface BenchedModel {
  readonly title: string;
  readonly build: () => tf.LayersModel;
  readonly batch: number;
  readonly optimizer: () => tf.Optimizer;
  readonly loss: string;
  readonly data: (rows: number) => { readonly x: tf.Tensor; readonly y: tf.Tensor };
  /** The maximum time of an accelerated step, as a fraction of the eager step's time. */
  readonly goal: number;
}

/** Names of the models. The models for Keras have the same names. */
export type ModelName = keyof typeof benchedModels;

const CLASSES = 10;
const WORDS = 5000;

const adam = () => tf.train.adam(1e-3, 0.9, 0.999, 1e-7);
const rmsprop = () => tf.train.rmsprop(1e-3, 0.9, 0, 1e-7);
const normalization = () => layers.batchNormalization({ momentum: 0.99, epsilon: 1e-3 });

/** Options of recurrent layers. By default, tfjs uses hardSigmoid for the gates, not sigmoid. */
const recurrence = {
  recurrentActivation: "sigmoid",
  recurrentInitializer: "glorotNormal",
} as const;

export const benchedModels = {
  dense: {
    title: "dense with BatchNormalization",
    batch: 64,
    goal: 0.25,
    optimizer: adam,
    loss: "categoricalCrossentropy",
    build: () => {
      const model = tf.sequential();
      for (const [i, units] of [256, 256, 128].entries()) {
        const kernelInitializer = "glorotUniform";
        const inputShape = i === 0 ? { inputShape: [64] } : {};
        model.add(layers.dense({ units, activation: "relu", kernelInitializer, ...inputShape }));
        model.add(normalization());
      }
      model.add(layers.dense({ units: CLASSES, activation: "softmax" }));
      return model;
    },
    data: (rows: number) => ({ x: drawNumbers([rows, 64]), y: drawOneHots([rows], CLASSES) }),
  },
  lstm: {
    title: "LSTM, sequence to sequence",
    batch: 64,
    goal: 0.08,
    optimizer: adam,
    loss: "categoricalCrossentropy",
    build: () => {
      const recurrent = { ...recurrence, units: 64 };
      const dense = layers.dense({ units: CLASSES, activation: "softmax" });
      return tf.sequential({
        layers: [
          layers.lstm({ ...recurrent, inputShape: [7, 12] }),
          layers.repeatVector({ n: 4 }),
          layers.lstm({ ...recurrent, returnSequences: true }),
          layers.timeDistributed({ layer: dense }),
        ],
      });
    },
    data: (rows: number) => ({ x: drawNumbers([rows, 7, 12]), y: drawOneHots([rows, 4], CLASSES) }),
  },
  gru: {
    title: "GRU, bidirectional",
    batch: 32,
    goal: 0.08,
    optimizer: rmsprop,
    loss: "meanSquaredError",
    build: () => {
      const gru = layers.gru({ ...recurrence, units: 32 });
      const layer = layers.bidirectional({
        layer: gru as tf.RNN,
        mergeMode: "concat",
        inputShape: [20, 14],
      });
      return tf.sequential({ layers: [layer, layers.dense({ units: 1 })] });
    },
    data: (rows: number) => ({ x: drawNumbers([rows, 20, 14]), y: drawNumbers([rows, 1]) }),
  },
  embedding: {
    title: "embedding and dense",
    batch: 64,
    goal: 0.05,
    optimizer: adam,
    loss: "binaryCrossentropy",
    build: () =>
      tf.sequential({
        layers: [
          layers.embedding({ inputDim: WORDS, outputDim: 32, inputLength: 40 }),
          layers.globalAveragePooling1d({}),
          layers.dense({ units: 16, activation: "relu" }),
          layers.dense({ units: 1, activation: "sigmoid" }),
        ],
      }),
    data: (rows: number) => ({
      x: drawWholes([rows, 40], WORDS),
      y: drawNumbers([rows, 1]).greater(0).cast("float32"),
    }),
  },
  convnet: {
    title: "small convnet",
    batch: 32,
    goal: 0.3,
    optimizer: rmsprop,
    loss: "categoricalCrossentropy",
    build: () =>
      tf.sequential({
        layers: [
          layers.conv2d({ filters: 8, kernelSize: 5, activation: "relu", inputShape: [28, 28, 1] }),
          layers.maxPooling2d({ poolSize: 2, strides: 2 }),
          layers.conv2d({ filters: 16, kernelSize: 5, activation: "relu" }),
          layers.maxPooling2d({ poolSize: 2, strides: 2 }),
          layers.flatten(),
          layers.dense({ units: CLASSES, activation: "softmax" }),
        ],
      }),
    data: (rows: number) => ({
      x: drawNumbers([rows, 28, 28, 1]),
      y: drawOneHots([rows], CLASSES),
    }),
  },
  separable: {
    title: "separable convolutions",
    batch: 16,
    goal: 0.2,
    optimizer: adam,
    loss: "categoricalCrossentropy",
    build: () => {
      const model = tf.sequential();
      for (const [i, filters] of [16, 32, 32].entries()) {
        const inputShape = i === 0 ? { inputShape: [24, 24, 3] } : {};
        model.add(layers.separableConv2d({ filters, kernelSize: 3, ...inputShape }));
        model.add(normalization());
        model.add(layers.reLU());
      }
      model.add(layers.globalAveragePooling2d({}));
      model.add(layers.dense({ units: CLASSES, activation: "softmax" }));
      return model;
    },
    data: (rows: number) => ({
      x: drawNumbers([rows, 24, 24, 3]),
      y: drawOneHots([rows], CLASSES),
    }),
  },
  convolutions3d: {
    title: "3-D convolutions",
    batch: 8,
    goal: 1,
    optimizer: adam,
    loss: "categoricalCrossentropy",
    build: () =>
      tf.sequential({
        layers: [
          layers.conv3d({
            filters: 8,
            kernelSize: 3,
            activation: "relu",
            inputShape: [16, 16, 16, 1],
          }),
          layers.maxPooling3d({ poolSize: 2 }),
          layers.conv3d({ filters: 16, kernelSize: 3, activation: "relu" }),
          layers.flatten(),
          layers.dense({ units: CLASSES, activation: "softmax" }),
        ],
      }),
    data: (rows: number) => ({
      x: drawNumbers([rows, 16, 16, 16, 1]),
      y: drawOneHots([rows], CLASSES),
    }),
  },
  convolutions: {
    title: "large convolutions",
    batch: 32,
    goal: 1,
    optimizer: adam,
    loss: "categoricalCrossentropy",
    build: () => {
      const padding = "same" as const;
      const conv = (filters: number, more: object = {}) =>
        layers.conv2d({ filters, kernelSize: 3, activation: "relu", padding, ...more });
      return tf.sequential({
        layers: [
          conv(64, { inputShape: [28, 28, 3] }),
          conv(96),
          conv(96, { strides: 2 }),
          layers.flatten(),
          layers.dense({ units: CLASSES, activation: "softmax" }),
        ],
      });
    },
    data: (rows: number) => ({
      x: drawNumbers([rows, 28, 28, 3]),
      y: drawOneHots([rows], CLASSES),
    }),
  },
} as const satisfies Record<string, BenchedModel>;
