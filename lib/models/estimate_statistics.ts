/**
 * Re-estimates the means and variances in a generator's BatchNorm layers before the generator is
 * used for sampling.
 *
 * During training, each BatchNorm layer keeps moving averages of the statistics of its batches.
 * These averages lag behind the weights, because the weights change at every step. If the weights
 * of the generator are moving averages too, then the statistics come from a mixture of different
 * networks. This file therefore computes plain means over many batches, with weights that no longer
 * change.
 */
import * as tf from "@tensorflow/tfjs";
import { drawLatents } from "./latent.ts";

const BATCHES = 100;
const BATCH_SIZE = 128;

/**
 * Replaces the moving statistics in every BatchNorm layer of a generator with means over 100
 * batches.
 *
 * @param seed seed for the random latents in these batches
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
    // The moving mean then equals the plain mean over all batches so far.
    for (const layer of layers) layer.momentum = i / (i + 1);
    tf.tidy(() => {
      generator.apply(drawLatents(BATCH_SIZE, latentSize, seed, i), {
        training: true,
      });
    });
  }
  layers.forEach((layer, i) => layer.momentum = momenta[i]);
}

/** tfjs' public type hides the momentum. */
type BatchNorm = tf.layers.Layer & { momentum: number };
