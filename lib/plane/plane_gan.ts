/** A GAN that is small enough to see: from two numbers of noise to a point in the plane. */
import * as tf from "@tensorflow/tfjs";
import { deriveSeed } from "../random.ts";
import { activationLayer, denseLayer } from "../models/dense_layers.ts";
import type { PlaneOptions } from "./options.ts";

/** Numbers of noise that make a point: two, so that the noise can be seen as well. */
export const LATENT_SIZE = 2;

export interface PlaneGan {
  /** From noise `[count, 2]` to points `[count, 2]`. */
  readonly generator: tf.LayersModel;
  /** From points `[count, 2]` to logits `[count, 1]`; their sigmoid is the answer. */
  readonly discriminator: tf.LayersModel;
  readonly generatorOptimizer: tf.AdamOptimizer;
  readonly discriminatorOptimizer: tf.AdamOptimizer;
}

/** Builds both networks, as they are before the first step, and an optimizer for each. */
export function createPlaneGan(options: PlaneOptions): PlaneGan {
  const { seed, hidden, beta1 } = options;
  return {
    generator: buildNetwork("generator", LATENT_SIZE, hidden, 2, seed),
    discriminator: buildNetwork("discriminator", 2, hidden, 1, seed),
    generatorOptimizer: tf.train.adam(options.generatorRate, beta1),
    discriminatorOptimizer: tf.train.adam(options.discriminatorRate, beta1),
  };
}

/** Frees every tensor of a GAN. */
export function disposePlaneGan(gan: PlaneGan): void {
  gan.generator.dispose();
  gan.discriminator.dispose();
  gan.generatorOptimizer.dispose();
  gan.discriminatorOptimizer.dispose();
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
