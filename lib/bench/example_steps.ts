/**
 * Defines the training steps of two public tfjs examples that have more than one model. The step of
 * the variational autoencoder is compiled with `compile`. The class-conditional GAN has models that
 * share layers, so its models are accelerated together.
 */
import * as tf from "@tensorflow/tfjs";
import { accelerate, compile } from "../compile/mod.ts";
import { type PreparedStep, trainFunctionOf } from "./layers_steps.ts";
import { drawNumbers, drawWholes } from "./random_batches.ts";

const { layers } = tf;

/**
 * Prepares a training step. If `isFast` is true, then the step is compiled or accelerated.
 * Otherwise, it runs in plain tfjs.
 */
export type ExampleStep = (isFast: boolean) => PreparedStep;

const BATCH = 64;
const LATENT = 32;
const CLASSES = 10;

export const exampleSteps: Readonly<Record<string, ExampleStep>> = {
  "variational autoencoder, dense": prepareAutoencoder,
  "GAN with classes, dense": prepareGan,
};

function prepareAutoencoder(isFast: boolean): PreparedStep {
  const encoder = tf.sequential({
    layers: [
      layers.dense({ units: 512, activation: "relu", inputShape: [784] }),
      layers.dense({ units: 2 * LATENT }),
    ],
  });
  const decoder = tf.sequential({
    layers: [
      layers.dense({ units: 512, activation: "relu", inputShape: [LATENT] }),
      layers.dense({ units: 784 }),
    ],
  });
  const optimizer = tf.train.adam();
  const images = drawNumbers([BATCH, 784]).abs();
  const train = (batch: tf.Tensor) =>
    optimizer.minimize(() => {
      const [mean, logVariance] = tf.split(encoder.apply(batch) as tf.Tensor, 2, 1);
      const noise = tf.randomNormal(mean.shape);
      const drawn = decoder.apply(mean.add(logVariance.mul(0.5).exp().mul(noise))) as tf.Tensor;
      const spread = mean.square().add(logVariance.exp()).sub(logVariance).sub(1);
      const reconstruction = tf.losses.sigmoidCrossEntropy(batch, drawn).mul(784);
      return reconstruction.add(spread.sum(-1).mean().mul(0.5)).asScalar();
    }, true)!;
  const compiled = isFast ? compile(train) : undefined;
  return {
    step: () => tf.tidy(() => void (compiled ?? train)(images).dataSync()),
    dispose() {
      compiled?.dispose();
      images.dispose();
      for (const one of [encoder, decoder, optimizer]) one.dispose();
    },
  };
}

function prepareGan(isFast: boolean): PreparedStep {
  const loss = ["binaryCrossentropy", "sparseCategoricalCrossentropy"];
  const compileModel = (model: tf.LayersModel) => {
    model.compile({ optimizer: tf.train.adam(2e-4, 0.5), loss });
    return model;
  };
  const discriminator = buildDiscriminator();
  compileModel(discriminator);
  const generator = buildGenerator();
  discriminator.trainable = false;
  const judged = discriminator.apply(generator.outputs[0]) as tf.SymbolicTensor[];
  const combined = compileModel(tf.model({ inputs: generator.inputs, outputs: judged }));
  const models = [discriminator, combined, generator];
  const acceleration = isFast ? accelerate(models, { strict: true }) : undefined;
  const [trainOne, trainAll] = [discriminator, combined].map(trainFunctionOf);
  const [noise, labels] = [drawNumbers([BATCH, LATENT]), drawWholes([BATCH, 1], CLASSES)];
  const [images, real] = [drawNumbers([BATCH, 784]), tf.ones([BATCH, 1])];
  const isReal = tf.concat([real, tf.zerosLike(real)]);
  const allLabels = tf.concat([labels, labels]);
  const tensors = [noise, labels, images, real, isReal, allLabels];
  return {
    step: () =>
      tf.tidy(() => {
        const made = generator.predictOnBatch([noise, labels]) as tf.Tensor;
        discriminator.trainable = true;
        trainOne([tf.concat([images, made]), isReal, allLabels]);
        discriminator.trainable = false;
        trainAll([noise, labels, real, labels])[0].dataSync();
      }),
    dispose() {
      acceleration?.undo();
      tf.dispose(tensors);
    },
  };
}

function buildDiscriminator(): tf.LayersModel {
  const image = tf.input({ shape: [784] });
  let features: tf.SymbolicTensor = image;
  for (const units of [256, 128]) {
    const dense = layers.dense({ units }).apply(features);
    features = layers.leakyReLU({ alpha: 0.2 }).apply(dense) as tf.SymbolicTensor;
  }
  const real = layers.dense({ units: 1, activation: "sigmoid" }).apply(features);
  const kind = layers.dense({ units: CLASSES, activation: "softmax" }).apply(features);
  return tf.model({ inputs: image, outputs: [real, kind] as tf.SymbolicTensor[] });
}

function buildGenerator(): tf.LayersModel {
  const [latent, label] = [tf.input({ shape: [LATENT] }), tf.input({ shape: [1] })];
  const embedded = layers.flatten().apply(
    layers.embedding({ inputDim: CLASSES, outputDim: LATENT }).apply(label),
  ) as tf.SymbolicTensor;
  const mixed = layers.multiply().apply([latent, embedded]);
  const hidden = layers.dense({ units: 256, activation: "relu" }).apply(mixed);
  const made = layers.dense({ units: 784, activation: "tanh" }).apply(hidden);
  return tf.model({ inputs: [latent, label], outputs: made as tf.SymbolicTensor });
}
