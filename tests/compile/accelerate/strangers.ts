/**
 * Defines tiny models like those in public examples of tfjs. Each function trains one of these
 * models and returns the numbers that the tests compare, such as losses.
 */
import * as tf from "@tensorflow/tfjs";
import { data, numbersOf } from "./compare_models.ts";

const { layers } = tf;

/**
 * The functions that speed up a program: `accelerate` is for models, `compile` is for training
 * steps.
 */
export interface Helper {
  readonly accelerate: (models: tf.LayersModel | tf.LayersModel[]) => void;
  readonly compile: <S extends (...args: tf.Tensor[]) => tf.Tensor>(step: S) => S;
}

export type Stranger = (helper: Helper) => Promise<number[]>;

export const strangers: Readonly<Record<string, Stranger>> = {
  "addition, sequence to sequence": async ({ accelerate }) => {
    const model = tf.sequential();
    model.add(layers.lstm({ units: 6, inputShape: [5, 4], recurrentInitializer: "glorotNormal" }));
    model.add(layers.repeatVector({ n: 3 }));
    model.add(layers.lstm({ units: 6, returnSequences: true }));
    model.add(layers.timeDistributed({ layer: layers.dense({ units: 4, activation: "softmax" }) }));
    fixWeights(model);
    const settings = { loss: "categoricalCrossentropy", optimizer: "adam", metrics: ["accuracy"] };
    model.compile(settings);
    accelerate(model);
    const [x, y] = [oneHots([12, 5], 4), oneHots([12, 3], 4, 2)];
    const validationData: [tf.Tensor, tf.Tensor] = [x.slice(0, 4), y.slice(0, 4)];
    return await fit(model, x, y, { epochs: 2, validationData });
  },

  "text generation with an LSTM": async ({ accelerate }) => {
    const model = tf.sequential();
    model.add(layers.lstm({ units: 5, returnSequences: true, inputShape: [6, 7] }));
    model.add(layers.lstm({ units: 5, returnSequences: false }));
    model.add(layers.dense({ units: 7, activation: "softmax" }));
    fixWeights(model);
    model.compile({ optimizer: tf.train.rmsprop(0.01), loss: "categoricalCrossentropy" });
    accelerate(model);
    const losses = await fit(model, oneHots([12, 6], 7), oneHots([12], 7, 2), { epochs: 3 });
    // The text is generated letter by letter.
    const letters = [0, 1, 2, 0, 1, 2];
    for (let i = 0; i < 5; i++) {
      tf.tidy(() => {
        const window = tf.oneHot(letters.slice(-6), 7).cast("float32").expandDims();
        letters.push((model.predict(window) as tf.Tensor).argMax(-1).dataSync()[0]);
      });
    }
    return [...losses, ...letters];
  },

  "a convnet for digits": async ({ accelerate }) => {
    const model = tf.sequential();
    model.add(layers.conv2d({
      inputShape: [12, 12, 1],
      kernelSize: 3,
      filters: 4,
      activation: "relu",
      kernelInitializer: "varianceScaling",
    }));
    model.add(layers.maxPooling2d({ poolSize: [2, 2], strides: [2, 2] }));
    model.add(layers.conv2d({ kernelSize: 3, filters: 6, activation: "relu" }));
    model.add(layers.maxPooling2d({ poolSize: [2, 2], strides: [2, 2] }));
    model.add(layers.flatten());
    model.add(layers.dense({ units: 10, activation: "softmax" }));
    fixWeights(model);
    const optimizer = tf.train.adam();
    model.compile({ optimizer, loss: "categoricalCrossentropy", metrics: ["accuracy"] });
    accelerate(model);
    const [x, y] = [data([20, 12, 12, 1]), oneHots([20], 10)];
    const losses = await fit(model, x, y, { epochs: 2, validationSplit: 0.15 });
    return [...losses, ...(model.evaluate(x, y) as tf.Scalar[]).flatMap(numbersOf)];
  },

  "iris": async ({ accelerate }) => {
    const model = tf.sequential();
    model.add(layers.dense({ units: 10, activation: "sigmoid", inputShape: [4] }));
    model.add(layers.dense({ units: 3, activation: "softmax" }));
    fixWeights(model);
    const optimizer = tf.train.adam(0.02);
    model.compile({ optimizer, loss: "categoricalCrossentropy", metrics: ["accuracy"] });
    accelerate(model);
    const seen: number[] = [];
    const callbacks = {
      onEpochEnd: (_: number, logs?: tf.Logs) => void seen.push(logs!.loss as number),
    };
    const [x, y] = [data([30, 4]), oneHots([30], 3)];
    const validationData: [tf.Tensor, tf.Tensor] = [x.slice(0, 6), y.slice(0, 6)];
    await fit(model, x, y, { epochs: 5, validationData, callbacks });
    return [...seen, ...numbersOf(model.predictOnBatch(x.slice(0, 2)) as tf.Tensor)];
  },

  "prices of houses": async ({ accelerate }) => {
    const model = tf.sequential();
    const kernelInitializer = "leCunNormal";
    model.add(
      layers.dense({ inputShape: [12], units: 8, activation: "sigmoid", kernelInitializer }),
    );
    model.add(layers.dense({ units: 8, activation: "sigmoid", kernelInitializer }));
    model.add(layers.dense({ units: 1 }));
    fixWeights(model);
    model.compile({ optimizer: tf.train.sgd(0.01), loss: "meanSquaredError" });
    accelerate(model);
    const [x, y] = [data([33, 12]), data([33, 1], 2).mul(10)];
    const losses = await fit(model, x, y, { batchSize: 8, epochs: 4, validationSplit: 0.2 });
    return [...losses, ...numbersOf(model.evaluate(x, y, { batchSize: 40 }) as tf.Scalar)];
  },

  "sentiment of sentences": async ({ accelerate }) => {
    const model = tf.sequential();
    model.add(layers.embedding({ inputDim: 20, outputDim: 4, inputLength: 9 }));
    model.add(layers.conv1d({ filters: 5, kernelSize: 3, activation: "relu" }));
    model.add(layers.globalMaxPool1d({}));
    model.add(layers.dense({ units: 1, activation: "sigmoid" }));
    fixWeights(model);
    model.compile({ optimizer: "adam", loss: "binaryCrossentropy", metrics: ["acc"] });
    accelerate(model);
    const x = tf.randomUniform([24, 9], 0, 20, "int32", 3).cast("float32");
    return await fit(model, x, data([24, 1], 2).greater(0).cast("float32"), { epochs: 3 });
  },

  "the weather, from a dataset": async ({ accelerate }) => {
    const model = tf.sequential();
    model.add(layers.gru({ units: 4, inputShape: [8, 3], recurrentInitializer: "glorotNormal" }));
    model.add(layers.dense({ units: 1 }));
    fixWeights(model);
    model.compile({ optimizer: tf.train.rmsprop(0.01), loss: "meanAbsoluteError" });
    accelerate(model);
    const examples = (seed: number) =>
      tf.data.generator(function* () {
        for (let i = 0; i < 4; i++) {
          yield { xs: data([5, 8, 3], seed + i), ys: data([5, 1], seed + 10 + i) };
        }
        // deno-lint-ignore no-explicit-any -- tfjs' types do not allow generators of batches.
      } as any) as any;
    const { history } = await model.fitDataset(examples(1), {
      epochs: 3,
      verbose: 0,
      validationData: examples(30),
      callbacks: tf.callbacks.earlyStopping({ monitor: "val_loss", patience: 5 }),
    });
    return Object.values(history).flat() as number[];
  },

  "a variational autoencoder": ({ compile }) => {
    class Sample extends layers.Layer {
      static className = "Sample";
      override computeOutputShape([shape]: tf.Shape[]): tf.Shape {
        return shape;
      }
      override call(inputs: tf.Tensor[]): tf.Tensor {
        const [mean, logVariance] = inputs;
        // With a seed, the eager and the compiled function draw the same numbers.
        const noise = tf.randomNormal(mean.shape, 0, 1, "float32", 5);
        return mean.add(logVariance.mul(0.5).exp().mul(noise));
      }
    }
    const x = tf.input({ shape: [10] });
    const hidden = layers.dense({ units: 8, activation: "relu" }).apply(x);
    const [mean, logVariance] = [0, 1].map(() =>
      layers.dense({ units: 3 }).apply(hidden) as tf.SymbolicTensor
    );
    const z = new Sample({}).apply([mean, logVariance]) as tf.SymbolicTensor;
    const decoder = tf.sequential();
    decoder.add(layers.dense({ units: 8, activation: "relu", inputShape: [3] }));
    decoder.add(layers.dense({ units: 10, activation: "sigmoid" }));
    const output = decoder.apply(z) as tf.SymbolicTensor;
    const model = tf.model({ inputs: x, outputs: [output, mean, logVariance] });
    fixWeights(model);
    const optimizer = tf.train.adam(0.01);
    const step = compile((batch: tf.Tensor) =>
      optimizer.minimize(() => {
        const [again, mean, logVariance] = model.apply(batch) as tf.Tensor[];
        const reconstruction = tf.losses.sigmoidCrossEntropy(batch, again).mul(10);
        const spread = mean.square().add(logVariance.exp()).sub(logVariance).sub(1);
        return reconstruction.add(spread.sum(-1).mean().mul(0.5)).asScalar();
      }, true)!
    );
    const losses: number[] = [];
    for (let i = 0; i < 6; i++) losses.push(...numbersOf(step(data([8, 10], i).abs())));
    return Promise.resolve(losses);
  },

  "a GAN with classes": async ({ accelerate }) => {
    const image = tf.input({ shape: [6] });
    const features = layers.dense({ units: 8 }).apply(image);
    const active = layers.leakyReLU({ alpha: 0.2 }).apply(features);
    const real = layers.dense({ units: 1, activation: "sigmoid" }).apply(active);
    const kind = layers.dense({ units: 3, activation: "softmax" }).apply(active);
    const outputs = [real, kind] as tf.SymbolicTensor[];
    const discriminator = tf.model({ inputs: image, outputs });
    const loss = ["binaryCrossentropy", "sparseCategoricalCrossentropy"];
    discriminator.compile({ optimizer: tf.train.adam(0.01, 0.5), loss });
    const [latent, label] = [tf.input({ shape: [4] }), tf.input({ shape: [1] })];
    const embedded = layers.flatten().apply(
      layers.embedding({ inputDim: 3, outputDim: 4 }).apply(label),
    ) as tf.SymbolicTensor;
    const mixed = layers.multiply().apply([latent, embedded]);
    const made = layers.dense({ units: 6, activation: "tanh" }).apply(mixed) as tf.SymbolicTensor;
    const generator = tf.model({ inputs: [latent, label], outputs: made });
    discriminator.trainable = false;
    const judged = discriminator.apply(made) as tf.SymbolicTensor[];
    const combined = tf.model({ inputs: [latent, label], outputs: judged });
    combined.compile({ optimizer: tf.train.adam(0.01, 0.5), loss });
    fixWeights(combined);
    accelerate([discriminator, combined, generator]);
    const losses: number[] = [];
    const classes = tf.tensor2d([0, 1, 2, 0, 1, 2], [6, 1]);
    for (let i = 0; i < 6; i++) {
      const noise = data([6, 4], 40 + i);
      const fake = generator.predict([noise, classes]) as tf.Tensor;
      const both = tf.concat([data([6, 6], i), fake]);
      const isReal = tf.concat([tf.ones([6, 1]).mul(0.9), tf.zeros([6, 1])]);
      const targets = [isReal, tf.concat([classes, classes])];
      discriminator.trainable = true;
      losses.push(...await discriminator.trainOnBatch(both, targets) as number[]);
      discriminator.trainable = false;
      const tricks = [tf.ones([6, 1]), classes];
      losses.push(...await combined.trainOnBatch([noise, classes], tricks) as number[]);
    }
    return losses;
  },

  "a time series": async ({ accelerate }) => {
    const model = tf.sequential();
    model.add(layers.conv1d({ filters: 4, kernelSize: 2, inputShape: [10, 1] }));
    model.add(layers.bidirectional({
      layer: layers.simpleRNN({ units: 3, recurrentInitializer: "glorotNormal" }) as tf.RNN,
      mergeMode: "sum",
    }));
    model.add(layers.dense({ units: 1, kernelRegularizer: tf.regularizers.l2({ l2: 0.01 }) }));
    fixWeights(model);
    model.compile({ optimizer: tf.train.adam(0.01), loss: tf.losses.huberLoss as never });
    accelerate(model);
    const losses: number[] = [];
    for (let i = 0; i < 3; i++) {
      const x = data([16, 10, 1], i);
      losses.push(...await fit(model, x, x.mean([1]), { epochs: 1, batchSize: 6 }));
      losses.push(...numbersOf(model.predict(x, { batchSize: 5 }) as tf.Tensor));
    }
    return losses;
  },

  "transfer learning": async ({ accelerate }) => {
    const base = tf.sequential();
    base.add(layers.conv2d({ filters: 3, kernelSize: 3, inputShape: [8, 8, 2] }));
    base.add(layers.batchNormalization());
    base.add(layers.reLU());
    base.add(layers.globalAveragePooling2d({}));
    base.add(layers.dense({ units: 9 }));
    const cut = tf.model({ inputs: base.inputs, outputs: base.layers[3].output });
    for (const layer of cut.layers) layer.trainable = false;
    const head = layers.dense({ units: 2, activation: "softmax", name: "head" });
    const outputs = head.apply(cut.outputs[0]) as tf.SymbolicTensor;
    const model = tf.model({ inputs: cut.inputs, outputs });
    fixWeights(model);
    model.compile({ optimizer: tf.train.sgd(0.1), loss: "categoricalCrossentropy" });
    accelerate(model);
    const [x, y] = [data([14, 8, 8, 2]), oneHots([14], 2)];
    const frozen = await fit(model, x, y, { epochs: 2, batchSize: 8 });
    for (const layer of model.layers) layer.trainable = true;
    model.compile({ optimizer: tf.train.sgd(0.02), loss: "categoricalCrossentropy" });
    return [...frozen, ...await fit(model, x, y, { epochs: 2, batchSize: 8 })];
  },

  "two outputs with a loss of one's own": async ({ accelerate }) => {
    const input = tf.input({ shape: [10, 10, 1] });
    const filters = layers.separableConv2d({ filters: 4, kernelSize: 3, activation: "relu" });
    const flat = layers.flatten().apply(filters.apply(input));
    const box = layers.dense({ units: 4, name: "box" }).apply(flat);
    const kind = layers.dense({ units: 3, activation: "softmax", name: "kind" }).apply(flat);
    const model = tf.model({ inputs: input, outputs: [box, kind] as tf.SymbolicTensor[] });
    fixWeights(model);
    const boxLoss = (y: tf.Tensor, predicted: tf.Tensor) =>
      tf.tidy(() => tf.metrics.meanSquaredError(y.mul([1, 1, 2, 2]), predicted.mul([1, 1, 2, 2])));
    // deno-lint-ignore no-explicit-any -- tfjs' types do not allow custom losses.
    const loss = { box: boxLoss as any, kind: "categoricalCrossentropy" };
    model.compile({ optimizer: tf.train.rmsprop(5e-3), loss, metrics: { kind: "accuracy" } });
    accelerate(model);
    const y = { box: data([12, 4], 3), kind: oneHots([12], 3) };
    return await fit(model, data([12, 10, 10, 1]), y, { epochs: 3, batchSize: 5 });
  },

  "dates with attention": async ({ accelerate }) => {
    const [source, target] = [6, 4].map((length) => tf.input({ shape: [length] }));
    const embedded = (input: tf.SymbolicTensor) =>
      layers.embedding({ inputDim: 8, outputDim: 5 }).apply(input) as tf.SymbolicTensor;
    const lstm = () => layers.lstm({ units: 5, returnSequences: true });
    const encoder = lstm().apply(embedded(source)) as tf.SymbolicTensor;
    const decoder = lstm().apply(embedded(target)) as tf.SymbolicTensor;
    const scores = layers.dot({ axes: [2, 2] }).apply([decoder, encoder]);
    const attention = layers.activation({ activation: "softmax" }).apply(scores);
    const context = layers.dot({ axes: [2, 1] }).apply([attention as tf.SymbolicTensor, encoder]);
    const both = layers.concatenate().apply([context as tf.SymbolicTensor, decoder]);
    const dense = layers.dense({ units: 8, activation: "softmax" });
    const outputs = layers.timeDistributed({ layer: dense }).apply(both) as tf.SymbolicTensor;
    const model = tf.model({ inputs: [source, target], outputs });
    fixWeights(model);
    model.compile({ optimizer: "adam", loss: "categoricalCrossentropy" });
    accelerate(model);
    const whole = (shape: number[], seed: number) =>
      tf.randomUniform(shape, 0, 8, "int32", seed).cast("float32");
    const x = [whole([10, 6], 1), whole([10, 4], 2)];
    return await fit(model, x, oneHots([10, 4], 8), { epochs: 3, batchSize: 4 });
  },
};

/**
 * Sets the weights to random numbers that are the same in every run. The moving statistics of batch
 * normalization keep their values.
 */
function fixWeights(model: tf.LayersModel): void {
  model.setWeights(
    model.getWeights().map((weight, i) => {
      const isMoment = /moving_/.test(model.weights[i].name);
      return isMoment ? weight : tf.randomUniform(weight.shape, -0.5, 0.5, "float32", i + 1);
    }),
  );
}

function oneHots(shape: number[], depth: number, seed = 1): tf.Tensor {
  return tf.oneHot(tf.randomUniform(shape, 0, depth, "int32", seed), depth).cast("float32");
}

async function fit(
  model: tf.LayersModel,
  x: tf.Tensor | tf.Tensor[],
  y: tf.Tensor | Record<string, tf.Tensor>,
  args: tf.ModelFitArgs,
): Promise<number[]> {
  const { history } = await model.fit(x, y, { verbose: 0, shuffle: false, ...args });
  return Object.values(history).flat() as number[];
}
