/**
 * BatchNorm's statistics, estimated anew for sampling.
 *
 * The moving statistics lag behind weights that move, and those of an averaged generator are
 * averages of other networks' statistics. Here they become the plain mean of what many batches show
 * under the weights as they are.
 */
import * as tf from "@tensorflow/tfjs";
import { drawLatents } from "./latent.ts";

const BATCHES = 100;
const BATCH_SIZE = 128;

/**
 * Replaces the moving statistics of every BatchNorm layer.
 *
 * @param generator is changed; its weights other than the statistics are not
 * @param seed names the latents of the estimate
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
    // With momentum i / (i + 1) the moving mean is the plain mean of the batches so far.
    for (const layer of layers) layer.momentum = i / (i + 1);
    tf.tidy(() => {
      generator.apply(drawLatents(BATCH_SIZE, latentSize, seed, i), {
        training: true,
      });
    });
  }
  layers.forEach((layer, i) => layer.momentum = momenta[i]);
}

/** tfjs' layer, whose momentum is private in its types. */
type BatchNorm = tf.layers.Layer & { momentum: number };
