/**
 * Re-estimates BatchNorm's statistics for sampling.
 *
 * Moving statistics lag behind while the weights change, and in an averaged generator they mix the
 * statistics of different networks. This file replaces them with plain means over many batches,
 * computed with the current weights.
 */
import * as tf from "@tensorflow/tfjs";
import { drawLatents } from "./latent.ts";

const BATCHES = 100;
const BATCH_SIZE = 128;

/**
 * Replaces the moving statistics of every BatchNorm layer.
 *
 * @param generator the generator whose statistics are replaced; nothing else changes
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
    // With momentum i / (i + 1), the moving mean equals the plain mean over all batches so far.
    for (const layer of layers) layer.momentum = i / (i + 1);
    tf.tidy(() => {
      generator.apply(drawLatents(BATCH_SIZE, latentSize, seed, i), {
        training: true,
      });
    });
  }
  layers.forEach((layer, i) => layer.momentum = momenta[i]);
}

/** A BatchNorm layer of tfjs, with the momentum that its public type hides. */
type BatchNorm = tf.layers.Layer & { momentum: number };
