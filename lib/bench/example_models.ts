/**
 * Defines models like those in public tfjs examples. The models have similar sizes and are trained
 * on random data. Only benchmarks use these models. Tests use the tiny models in
 * tests/compile/accelerate/strangers.ts.
 */
import * as tf from "@tensorflow/tfjs";
import { drawNumbers, drawOneHots, drawWholes } from "./random_batches.ts";

const { layers } = tf;

export interface ExampleModel {
  readonly build: () => tf.LayersModel;
  readonly optimizer: () => tf.Optimizer;
  readonly loss: string | string[];
  /** Returns a random batch: first its inputs and then its targets. */
  readonly data: () => tf.Tensor[];
}

const CROSSENTROPY = "categoricalCrossentropy";
const adam = () => tf.train.adam();

export const exampleModels: Readonly<Record<string, ExampleModel>> = {
  "addition, sequence to sequence": {
    build: () =>
      tf.sequential({
        layers: [
          lstm(128, { inputShape: [5, 12] }),
          layers.repeatVector({ n: 3 }),
          lstm(128, { returnSequences: true }),
          layers.timeDistributed({ layer: softmax(12) }),
        ],
      }),
    optimizer: adam,
    loss: CROSSENTROPY,
    data: () => [drawOneHots([128, 5], 12), drawOneHots([128, 3], 12)],
  },

  "text generation, LSTM": {
    build: () => tf.sequential({ layers: [lstm(128, { inputShape: [40, 50] }), softmax(50)] }),
    optimizer: () => tf.train.rmsprop(1e-2),
    loss: CROSSENTROPY,
    data: () => [drawOneHots([128, 40], 50), drawOneHots([128], 50)],
  },

  "digits, convnet with dropout": {
    build: () =>
      tf.sequential({
        layers: [
          conv(32, { inputShape: [28, 28, 1] }),
          conv(32),
          layers.maxPooling2d({ poolSize: 2 }),
          conv(64),
          conv(64),
          layers.maxPooling2d({ poolSize: 2 }),
          layers.flatten(),
          layers.dropout({ rate: 0.25 }),
          relu(512),
          layers.dropout({ rate: 0.5 }),
          softmax(10),
        ],
      }),
    optimizer: () => tf.train.rmsprop(1e-3),
    loss: CROSSENTROPY,
    data: () => [drawNumbers([128, 28, 28, 1]), drawOneHots([128], 10)],
  },

  "iris, two dense layers": {
    build: () =>
      tf.sequential({
        layers: [
          layers.dense({ units: 10, activation: "sigmoid", inputShape: [4] }),
          softmax(3),
        ],
      }),
    optimizer: () => tf.train.adam(0.01),
    loss: CROSSENTROPY,
    data: () => [drawNumbers([32, 4]), drawOneHots([32], 3)],
  },

  "housing prices, three dense layers": {
    build: () =>
      tf.sequential({
        layers: [
          layers.dense({ units: 50, activation: "sigmoid", inputShape: [12] }),
          layers.dense({ units: 50, activation: "sigmoid" }),
          layers.dense({ units: 1 }),
        ],
      }),
    optimizer: () => tf.train.sgd(0.01),
    loss: "meanSquaredError",
    data: () => [drawNumbers([40, 12]), drawNumbers([40, 1])],
  },

  "sentiment, embedding and 1-D convolution": {
    build: () =>
      tf.sequential({
        layers: [
          layers.embedding({ inputDim: 10_000, outputDim: 32, inputLength: 100 }),
          layers.dropout({ rate: 0.5 }),
          layers.conv1d({ filters: 64, kernelSize: 5, activation: "relu" }),
          layers.globalMaxPooling1d({}),
          relu(64),
          layers.dense({ units: 1, activation: "sigmoid" }),
        ],
      }),
    optimizer: adam,
    loss: "binaryCrossentropy",
    data: () => [drawWholes([128, 100], 10_000), drawWholes([128, 1], 2)],
  },

  "weather, GRU over 40 hours": {
    build: () =>
      tf.sequential({
        layers: [
          layers.gru({
            units: 32,
            recurrentInitializer: "glorotNormal",
            dropout: 0.1,
            recurrentDropout: 0.1,
            inputShape: [40, 14],
          }),
          layers.dense({ units: 1 }),
        ],
      }),
    optimizer: () => tf.train.rmsprop(1e-3),
    loss: "meanAbsoluteError",
    data: () => [drawNumbers([128, 40, 14]), drawNumbers([128, 1])],
  },

  "time series, bidirectional simple RNN": {
    build: () =>
      tf.sequential({
        layers: [
          layers.conv1d({ filters: 16, kernelSize: 3, activation: "relu", inputShape: [30, 1] }),
          layers.bidirectional({
            layer: layers.simpleRNN({
              units: 24,
              recurrentInitializer: "glorotNormal",
            }) as tf.RNN,
            mergeMode: "sum",
          }),
          layers.dense({ units: 1, kernelRegularizer: tf.regularizers.l2({ l2: 0.01 }) }),
        ],
      }),
    optimizer: adam,
    loss: "meanSquaredError",
    data: () => [drawNumbers([64, 30, 1]), drawNumbers([64, 1])],
  },

  "transfer learning, frozen convolutions": {
    build: () => {
      const model = tf.sequential({
        layers: [
          conv(16, { inputShape: [32, 32, 3], strides: 2 }),
          layers.batchNormalization(),
          conv(32, { strides: 2 }),
          layers.batchNormalization(),
          layers.globalAveragePooling2d({}),
        ],
      });
      for (const layer of model.layers) layer.trainable = false;
      model.add(relu(100));
      model.add(softmax(4));
      return model;
    },
    optimizer: adam,
    loss: CROSSENTROPY,
    data: () => [drawNumbers([32, 32, 32, 3]), drawOneHots([32], 4)],
  },

  "object detection, two outputs": {
    build: () => {
      const image = tf.input({ shape: [32, 32, 1] });
      const separable = layers.separableConv2d({ filters: 16, kernelSize: 3, activation: "relu" });
      const flat = layers.flatten().apply(
        layers.maxPooling2d({ poolSize: 2 }).apply(separable.apply(image)),
      );
      const box = layers.dense({ units: 4 }).apply(relu(64).apply(flat));
      return tf.model({
        inputs: image,
        outputs: [box, softmax(3).apply(flat)] as tf.SymbolicTensor[],
      });
    },
    optimizer: () => tf.train.rmsprop(5e-3),
    loss: ["meanSquaredError", CROSSENTROPY],
    data: () => [drawNumbers([32, 32, 32, 1]), drawNumbers([32, 4]), drawOneHots([32], 3)],
  },

  "dates, LSTM with attention": {
    build: () => {
      const [source, target] = [12, 10].map((length) => tf.input({ shape: [length] }));
      const encode = (input: tf.SymbolicTensor) =>
        lstm(64, { returnSequences: true }).apply(
          layers.embedding({ inputDim: 35, outputDim: 64 }).apply(input),
        ) as tf.SymbolicTensor;
      const [encoder, decoder] = [encode(source), encode(target)];
      const scores = layers.dot({ axes: [2, 2] }).apply([decoder, encoder]);
      const attention = layers.activation({ activation: "softmax" }).apply(scores);
      const context = layers.dot({ axes: [2, 1] }).apply([attention as tf.SymbolicTensor, encoder]);
      const both = layers.concatenate().apply([context as tf.SymbolicTensor, decoder]);
      const outputs = layers.timeDistributed({ layer: softmax(13) }).apply(both);
      return tf.model({ inputs: [source, target], outputs: outputs as tf.SymbolicTensor });
    },
    optimizer: adam,
    loss: CROSSENTROPY,
    data: () => [drawWholes([128, 12], 35), drawWholes([128, 10], 35), drawOneHots([128, 10], 13)],
  },
};

function lstm(units: number, more: object = {}): tf.layers.Layer {
  return layers.lstm({ units, recurrentInitializer: "glorotNormal", ...more });
}

function conv(filters: number, more: object = {}): tf.layers.Layer {
  return layers.conv2d({ filters, kernelSize: 3, activation: "relu", ...more });
}

function relu(units: number): tf.layers.Layer {
  return layers.dense({ units, activation: "relu" });
}

function softmax(units: number): tf.layers.Layer {
  return layers.dense({ units, activation: "softmax" });
}
