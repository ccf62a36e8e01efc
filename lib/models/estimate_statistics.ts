/**
 * Re-estimates BatchNorm's statistics for sampling.
 *
 * Moving statistics lag behind changing weights, and an averaged generator's statistics are
 * averages over other networks. This file replaces them with the plain mean over many batches under
 * the current weights.
 */
import * as tf from "@tensorflow/tfjs";
import { drawLatents } from "./latent.ts";

const BATCHES = 100;
const BATCH_SIZE = 128;

/**
 * Replaces the moving statistics of every BatchNorm layer.
 *
 * @param generator generator to change; only its statistics change
 * @param seed seed of the latents
 */
export function estimateStatistics(
  generator: tf.LayersModel,
  seed: number,
): void {
  const layers = generator.layers.filter((layer) =>
    layer.getClassName() === "BatchNormalization"
  ) as BatchNorm[];
  const momenta = layers.map((layer) => layer.momentum);
  const latentSize = generator.inputs[0].shape[1]!;
  for (let i = 0; i < BATCHES; i++) {
    // With momentum i / (i + 1) the moving mean equals the plain mean of the batches so far.
    for (const layer of layers) layer.momentum = i / (i + 1);
    tf.tidy(() => {
      generator.apply(drawLatents(BATCH_SIZE, latentSize, seed, i), {
        training: true,
      });
    });
  }
  layers.forEach((layer, i) => layer.momentum = momenta[i]);
}

/** tfjs' layer, whose momentum is private in its type. */
type BatchNorm = tf.layers.Layer & { momentum: number };
