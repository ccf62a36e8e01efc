/**
 * The GAN's training step as a run takes it, feeding and random numbers included; the same step other ways; and the
 * matrix products in it alone.
 */
import * as tf from "@tensorflow/tfjs";
import { gatherNormalized } from "../dataset/batches.ts";
import { compile } from "../engine/compile.ts";
import { normal } from "../engine/random_tensors.ts";
import type { ByteImages } from "../images.ts";
import { randomStream } from "../random.ts";
import { createGan, disposeGan } from "../training/gan.ts";
import { createGanStep } from "../training/gan_step.ts";
import type { TrainOptions } from "../training/options.ts";
import { trainGan } from "../training/train_gan.ts";
import { type Contender, type Goal, timeFunction } from "./contender.ts";

/** Names that other parts refer to. */
export const ganNames = {
  compiled: "sudogan",
  exact: "sudogan, exact",
  eager: "tfjs-node, eager",
  products: "matrix products alone",
  torch: "PyTorch, fused Adam",
  keras: "Keras, train_on_batch",
  jax: "JAX, jit",
} as const;

export const ganGoals: readonly Goal[] = [
  { contender: ganNames.compiled, against: ganNames.torch, atMost: 0.75 },
  { contender: ganNames.compiled, against: ganNames.keras, atMost: 0.75 },
  { contender: ganNames.compiled, against: ganNames.jax, atMost: 1 },
  { contender: ganNames.compiled, against: ganNames.products, atMost: 1.2 },
];

/** Long enough never to end while it is timed. */
const EPOCHS = 10_000;

/** Everything that this process can time; the peers in Python are peers.ts'. */
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

/** The training loop itself. */
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

/** One matrix product: a `[rows, inner]` by b `[inner, columns]`, each possibly stored transposed. */
interface Product {
  readonly a: readonly [number, number];
  readonly b: readonly [number, number];
  readonly transposeA: boolean;
  readonly transposeB: boolean;
}

function productsContender(
  images: ByteImages,
  options: TrainOptions,
): Contender {
  const products = productsOf(images.height * images.width, options);
  const factors = products.flatMap(({ a, b }, i) => [
    normal(a, 2 * i, 0),
    normal(b, 2 * i + 1, 0),
  ]);
  const multiply = compile((...tensors: tf.Tensor2D[]) =>
    tf.addN(products.map(({ transposeA, transposeB }, i) =>
      // One number of each, so that none is left out and little is added.
      tf.matMul(tensors[2 * i], tensors[2 * i + 1], transposeA, transposeB)
        .slice([0, 0], [1, 1])
    ))
  );
  const step = () =>
    tf.tidy(() => void multiply(...factors as tf.Tensor2D[]).dataSync());
  return timeFunction(ganNames.products, step, () => {
    multiply.dispose();
    tf.dispose(factors);
  });
}

/** The products in one step: those of each layer forward, of its weights' gradient and of its input's. */
function productsOf(imageSize: number, options: TrainOptions): Product[] {
  const batch = options.batchSize;
  const generator = [
    options.latentSize,
    ...options.generatorLayers,
    imageSize,
  ];
  const discriminator = [imageSize, ...options.discriminatorLayers, 1];
  const layers = (sizes: readonly number[]) =>
    sizes.slice(1).map((out, i) => ({ in: sizes[i], out }));
  const forward = (sizes: readonly number[]): Product[] =>
    layers(sizes).map((layer) => ({
      a: [batch, layer.in],
      b: [layer.in, layer.out],
      transposeA: false,
      transposeB: false,
    }));
  const weights = (sizes: readonly number[]): Product[] =>
    layers(sizes).map((layer) => ({
      a: [batch, layer.in],
      b: [batch, layer.out],
      transposeA: true,
      transposeB: false,
    }));
  const inputs = (sizes: readonly number[]): Product[] =>
    layers(sizes).map((layer) => ({
      a: [batch, layer.out],
      b: [layer.in, layer.out],
      transposeA: false,
      transposeB: true,
    }));
  const trainDiscriminator = [
    ...forward(discriminator),
    ...weights(discriminator),
    ...inputs(discriminator).slice(1),
  ];
  return [
    ...trainDiscriminator,
    ...forward(generator),
    ...trainDiscriminator,
    ...forward(generator),
    ...forward(discriminator),
    ...inputs(discriminator),
    ...weights(generator),
    ...inputs(generator).slice(1),
  ];
}
