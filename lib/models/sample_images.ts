import * as tf from "@tensorflow/tfjs";
import { denormalize } from "../dataset/normalize.ts";
import type { ByteImages } from "../images.ts";
import { drawLatents } from "./latent.ts";

export interface SampleOptions {
  readonly count: number;
  readonly seed: number;
  /** Index of the first latent to use; the default is 0. */
  readonly from?: number;
  /** Height of an image in pixels; the default is 28. */
  readonly height?: number;
  /** Width of an image in pixels; the default is 28. */
  readonly width?: number;
}

const BATCH = 500;

/**
 * Generates images from random latents. The generator runs in inference mode, so each image depends
 * only on its own latent and not on the other latents in the batch.
 *
 * @param generator model that maps `[batch, latentSize]` to `[batch, height * width]`, with values
 * in [-1, 1]
 * @throws {RangeError} if the generator's images do not have `height * width` pixels
 */
export async function sampleImages(
  generator: tf.LayersModel,
  options: SampleOptions,
): Promise<ByteImages> {
  const { count, seed, from: first = 0, height = 28, width = 28 } = options;
  const [latentSize, imageSize] = [
    generator.inputs[0].shape[1]!,
    generator.outputs[0].shape[1]!,
  ];
  if (imageSize !== height * width) {
    throw new RangeError(
      `Sampling: wanted images of ${height}x${width} numbers, found ${imageSize} in the generator's images.`,
    );
  }
  const latents = drawLatents(first + count, latentSize, seed, 0);
  const pixels = new Float32Array(count * imageSize);
  try {
    for (let from = 0; from < count; from += BATCH) {
      const batch = tf.tidy(() => {
        const part = latents.slice([first + from, 0], [
          Math.min(BATCH, count - from),
          latentSize,
        ]);
        return generator.apply(part, { training: false }) as tf.Tensor2D;
      });
      pixels.set(await batch.data(), from * imageSize);
      batch.dispose();
    }
  } finally {
    latents.dispose();
  }
  return denormalize({ pixels, count, height, width, range: "-1..1" });
}
