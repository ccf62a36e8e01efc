/**
 * Times the GAN's whole training loop, including the preparation of batches and random numbers. For
 * comparison, this file also times single training steps (exact and eager), and the matrix products
 * of a step on their own.
 */
import * as tf from "@tensorflow/tfjs";
import { gatherNormalized } from "../dataset/batches.ts";
import { compile } from "../compile/mod.ts";
import { normal } from "../engine/random_tensors.ts";
import type { ByteImages } from "../images.ts";
import { randomStream } from "../random.ts";
import { createGan, disposeGan } from "../training/gan/gan.ts";
import { createGanStep } from "../training/gan/gan_step.ts";
import { defaultTrainOptions, type TrainOptions } from "../training/gan/options.ts";
import { trainGan } from "../training/gan/train_gan.ts";
import { type Contender, type Goal, timeFunction } from "./contender.ts";
import { peerNames } from "./peer_configurations.ts";

/** Names of the contenders. */
export const ganNames = {
  compiled: "sudogan",
  exact: "sudogan, exact",
  eager: "tfjs-node, eager",
  products: "matrix products alone",
} as const;

export const ganGoals: readonly Goal[] = [
  { contender: ganNames.compiled, against: peerNames.torch, atMost: 0.75 },
  { contender: ganNames.compiled, against: peerNames.keras, atMost: 0.6 },
  { contender: ganNames.compiled, against: peerNames.tensorflow, atMost: 1 },
  { contender: ganNames.compiled, against: peerNames.jax, atMost: 0.95 },
  { contender: ganNames.compiled, against: ganNames.products, atMost: 1.25 },
];

/** The default training options. They include a moving average of the generator's weights. */
export const benchedOptions: TrainOptions = defaultTrainOptions;

/** The number of epochs, which is large enough that training does not end during the timing. */
const EPOCHS = 10_000;

/** Returns the contenders that run in this process. */
export function ganContenders(
  images: ByteImages,
  options: TrainOptions,
): Contender[] {
  return [
    runningContender(images, options),
    stepContender(ganNames.exact, images, options, true),
    stepContender(ganNames.eager, images, options, false),
    productsContender(images, options),
  ];
}

function runningContender(
  images: ByteImages,
  options: TrainOptions,
): Contender {
  const gan = createGan(options, images.height * images.width);
  const steps = trainGan(gan, images, { ...options, epochs: EPOCHS });
  return {
    name: ganNames.compiled,
    async time(count) {
      const times: number[] = [];
      for (let i = 0; i < count; i++) {
        const start = performance.now();
        await steps.next();
        times.push(performance.now() - start);
      }
      return times;
    },
    async dispose() {
      await steps.return();
      disposeGan(gan);
    },
  };
}

function stepContender(
  name: string,
  images: ByteImages,
  options: TrainOptions,
  compiled: boolean,
): Contender {
  const gan = createGan(options, images.height * images.width);
  const eager = createGanStep(gan, options, 1e6);
  const graph = compile(eager, { exact: true });
  const step = compiled ? graph : eager;
  const stream = randomStream(options.seed, "bench");
  let number = 0;
  const takeStep = () =>
    tf.tidy(() => {
      const indices = Uint32Array.from(
        { length: options.batchSize },
        () => stream.integer(images.count),
      );
      const batch = tf.tensor2d(gatherNormalized(images, indices), [
        options.batchSize,
        images.height * images.width,
      ]);
      step(batch, tf.scalar(number++, "int32")).dataSync();
    });
  return timeFunction(name, takeStep, () => {
    graph.dispose();
    disposeGan(gan);
  });
}

/**
 * Times only the matrix products of a training step. A layer needs up to three products: one for
 * its output, one for the gradient of its weights, and one for the gradient of its input.
 */
function productsContender(
  images: ByteImages,
  options: TrainOptions,
): Contender {
  const imageSize = images.height * images.width;
  const batch = options.batchSize;
  const [generator, discriminator] = [
    [options.latentSize, ...options.generatorLayers, imageSize],
    [imageSize, ...options.discriminatorLayers, 1],
  ].map(drawWeights);
  const real = normal<tf.Rank.R2>([batch, imageSize], 1, 0);
  // The inputs differ, because TensorFlow computes equal products only once.
  const [forFakes, forCombined] = [2, 3].map((seed) =>
    normal<tf.Rank.R2>([batch, options.latentSize], seed, 0)
  );
  const multiply = compile(
    (
      real: tf.Tensor2D,
      forFakes: tf.Tensor2D,
      forCombined: tf.Tensor2D,
      ...weights: tf.Tensor2D[]
    ) => {
      const g = weights.slice(0, generator.length);
      const d = weights.slice(generator.length);
      const onReal = forward(real, d);
      const onFake = forward(last(forward(forFakes, g)), d);
      const fakes = forward(forCombined, g);
      const combined = forward(last(fakes), d);
      const throughDiscriminator = backward(combined, d, {
        weights: false,
        input: true,
      });
      const results = [
        ...backward(onReal, d, { weights: true, input: false }),
        ...backward(onFake, d, { weights: true, input: false }),
        ...backward(
          [...fakes.slice(0, -1), throughDiscriminator[0]],
          g,
          { weights: true, input: false },
        ),
      ];
      // One number of each product is read. This is cheap, and TensorFlow cannot skip a product.
      return tf.addN(results.map((result) => result.slice([0, 0], [1, 1])));
    },
  );
  const weights = [...generator, ...discriminator];
  const step = () =>
    tf.tidy(() => void multiply(real, forFakes, forCombined, ...weights).dataSync());
  return timeFunction(ganNames.products, step, () => {
    multiply.dispose();
    tf.dispose([real, forFakes, forCombined, ...weights]);
  });
}

/** Draws random weights, scaled so that values keep a similar size from layer to layer. */
function drawWeights(sizes: readonly number[]): tf.Tensor2D[] {
  return sizes.slice(1).map((out, i) =>
    tf.tidy(() =>
      normal<tf.Rank.R2>([sizes[i], out], i, sizes.length)
        .div<tf.Tensor2D>(Math.sqrt(sizes[i]))
    )
  );
}

/** Returns the input, followed by the output of each layer. */
function forward(
  input: tf.Tensor2D,
  weights: readonly tf.Tensor2D[],
): tf.Tensor2D[] {
  const outputs = [input];
  for (const weight of weights) outputs.push(product(last(outputs), weight));
  return outputs;
}

/**
 * Computes gradients by backpropagation. The last output is used in place of the gradient of the
 * loss, because there is no loss.
 *
 * @returns the gradient of the input and then the gradients of the weights, if they are wanted
 */
function backward(
  outputs: readonly tf.Tensor2D[],
  weights: readonly tf.Tensor2D[],
  wanted: { readonly weights: boolean; readonly input: boolean },
): tf.Tensor2D[] {
  const found: tf.Tensor2D[] = [];
  let gradient = last(outputs);
  for (let layer = weights.length - 1; layer >= 0; layer--) {
    if (wanted.weights) {
      found.push(product(outputs[layer], gradient, true));
    }
    if (layer > 0 || wanted.input) {
      gradient = product(gradient, weights[layer], false, true);
    }
  }
  return wanted.input ? [gradient, ...found] : found;
}

function product(
  a: tf.Tensor2D,
  b: tf.Tensor2D,
  transposeA = false,
  transposeB = false,
): tf.Tensor2D {
  return tf.matMul<tf.Tensor2D>(a, b, transposeA, transposeB);
}

function last(tensors: readonly tf.Tensor2D[]): tf.Tensor2D {
  return tensors[tensors.length - 1];
}
