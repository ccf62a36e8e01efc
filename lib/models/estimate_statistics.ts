/**
 * Re-estimates BatchNorm's statistics for sampling.
 *
 * Moving statistics lag behind changing weights. In an averaged generator, they mix different
 * networks. Plain means over many batches with the current weights have neither problem.
 */
import * as tf from "@tensorflow/tfjs";
import { drawLatents } from "./latent.ts";

const BATCHES = 100;
const BATCH_SIZE = 128;

/**
 * Replaces the moving statistics of every BatchNorm layer.
 *
 * @param seed determines the latents
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
