/**
 * Builds a GAN that is small enough to be drawn. Its generator turns two random numbers into a
 * point in the plane.
 */
import * as tf from "@tensorflow/tfjs";
import { deriveSeed } from "../random.ts";
import { activationLayer, denseLayer } from "../models/dense_layers.ts";
import type { NamedTensor } from "../models/safetensors.ts";
import { readAdamState, restoreAdamState } from "../training/adam_state.ts";
import { parsePlaneOptions, type PlaneOptions } from "./options.ts";

/**
 * Number of values in the generator's noise. Because the noise has two values, it can be drawn in
 * the plane, too.
 */
export const LATENT_SIZE = 2;

export interface PlaneGan {
  readonly options: PlaneOptions;
  /** The generator maps noise `[count, 2]` to points `[count, 2]`. */
  readonly generator: tf.LayersModel;
  /** The discriminator maps points `[count, 2]` to logits `[count, 1]`. */
  readonly discriminator: tf.LayersModel;
  readonly generatorOptimizer: tf.Optimizer;
  readonly discriminatorOptimizer: tf.Optimizer;
}

/** Builds untrained networks, and an optimizer for each network. */
export function createPlaneGan(options: PlaneOptions): PlaneGan {
  const { seed, hidden, beta1, generatorRate } = options;
  return {
    options,
    generator: buildNetwork("generator", LATENT_SIZE, hidden, 2, seed),
    discriminator: buildNetwork("discriminator", 2, hidden, 1, seed),
    generatorOptimizer: options.generatorDescent === "adam"
      ? tf.train.adam(generatorRate, beta1)
      : tf.train.sgd(generatorRate),
    discriminatorOptimizer: tf.train.adam(options.discriminatorRate, beta1),
  };
}

/**
 * Returns a GAN with the same networks and optimizers, but with different options.
 *
 * @param changes new values for options; the seed, the hidden layers and the type of the
 * generator's optimizer cannot be changed
 */
export function withChanges(
  gan: PlaneGan,
  changes: Partial<Omit<PlaneOptions, "seed" | "hidden" | "generatorDescent">>,
): PlaneGan {
  const options = parsePlaneOptions({ ...gan.options, ...changes });
  setOptimizer(gan.generatorOptimizer, options.generatorRate, options.beta1);
  setOptimizer(gan.discriminatorOptimizer, options.discriminatorRate, options.beta1);
  return { ...gan, options };
}

/** Copies a GAN, including the weights and the state of the optimizers. */
export function copyPlaneGan(gan: PlaneGan): PlaneGan {
  const copy = createPlaneGan(gan.options);
  for (const network of ["generator", "discriminator"] as const) {
    copy[network].setWeights(gan[network].getWeights());
    const optimizers = [gan, copy].map((one) => one[`${network}Optimizer`] as tf.AdamOptimizer);
    // Plain descent has no state.
    if ("setLearningRate" in optimizers[0]) continue;
    const state = new Map<string, NamedTensor>();
    readAdamState(optimizers[0], network, state);
    restoreAdamState(optimizers[1], network, state);
  }
  return copy;
}

/** Replaces a GAN's generator and the generator's optimizer. */
export function withNewGenerator(gan: PlaneGan): PlaneGan {
  const { generator, generatorOptimizer, ...unused } = createPlaneGan(gan.options);
  disposeAll([unused.discriminator, unused.discriminatorOptimizer]);
  disposeAll([gan.generator, gan.generatorOptimizer]);
  return { ...gan, generator, generatorOptimizer };
}

/** Replaces the optimizers of a GAN with new optimizers, which have no state. */
export function withNewOptimizers(gan: PlaneGan): PlaneGan {
  const { generator, discriminator, ...optimizers } = createPlaneGan(gan.options);
  disposeAll([generator, discriminator]);
  disposeAll([gan.generatorOptimizer, gan.discriminatorOptimizer]);
  return { ...gan, ...optimizers, options: gan.options };
}

/** Frees every tensor of a GAN. */
export function disposePlaneGan(gan: PlaneGan): void {
  const { generator, discriminator, generatorOptimizer, discriminatorOptimizer } = gan;
  disposeAll([generator, discriminator, generatorOptimizer, discriminatorOptimizer]);
}

function disposeAll(parts: readonly { dispose(): unknown }[]): void {
  for (const part of parts) part.dispose();
}

function buildNetwork(
  name: string,
  inputSize: number,
  hidden: readonly number[],
  outputs: number,
  seed: number,
): tf.LayersModel {
  const weightSeed = deriveSeed(seed, "plane", name);
  const layers = hidden.flatMap((units, i) => [
    denseLayer({ name: `${name}_${i}`, units, ...(i === 0 && { inputSize }) }, weightSeed),
    activationLayer("leaky-relu", `${name}_${i}_activation`),
  ]);
  const last = denseLayer({ name: `${name}_out`, units: outputs }, weightSeed);
  return tf.sequential({ name, layers: [...layers, last] });
}

/**
 * Sets an optimizer's learning rate and, if the optimizer is Adam, its beta1. Some of the fields
 * are private in tfjs.
 */
function setOptimizer(optimizer: tf.Optimizer, learningRate: number, beta1: number): void {
  if ("setLearningRate" in optimizer) (optimizer as tf.SGDOptimizer).setLearningRate(learningRate);
  else Object.assign(optimizer, { learningRate, beta1 });
}
