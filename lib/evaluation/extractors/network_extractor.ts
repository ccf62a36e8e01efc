/**
 * Turns a network into an extractor. The extractor compiles the network, and then calls it once for
 * each batch of images.
 */
import * as tf from "@tensorflow/tfjs";
import { compile } from "../../compile/mod.ts";
import type { Extractor } from "./extractor.ts";

/** The properties of an extractor that are not functions. */
export type ExtractorCard = Omit<Extractor, "features" | "dispose">;

export interface Network {
  /**
   * Computes the features of a batch of images.
   *
   * @param pixels tensor of shape `[count, height, width, channels]` with values from 0 to 255
   * @returns tensor of shape `[count, dimension]`
   */
  readonly forward: (pixels: tf.Tensor4D) => tf.Tensor2D;
  readonly dispose: () => void;
}

/** Creates an extractor from a network. Disposing of the extractor also disposes of the network. */
export function networkExtractor(
  card: ExtractorCard,
  network: Network,
): Extractor {
  const forward = compile((pixels: tf.Tensor4D) => tf.tidy(() => network.forward(pixels)));
  const size = card.height * card.width * card.channels;
  return {
    ...card,
    async features(images, count) {
      requirePixels(card, images.length, count);
      const features = new Float32Array(count * card.dimension);
      for (let from = 0; from < count; from += card.batchSize) {
        const to = Math.min(from + card.batchSize, count);
        const batch = images.subarray(from * size, to * size);
        features.set(
          await extract(card, forward, batch),
          from * card.dimension,
        );
      }
      return features;
    },
    dispose() {
      forward.dispose();
      network.dispose();
    },
  };
}

async function extract(
  { height, width, channels }: ExtractorCard,
  forward: (pixels: tf.Tensor4D) => tf.Tensor2D,
  batch: Uint8Array,
): Promise<Float32Array> {
  const count = batch.length / (height * width * channels);
  const pixels = tf.tensor4d(
    Float32Array.from(batch),
    [count, height, width, channels],
  );
  const features = forward(pixels);
  try {
    return await features.data<"float32">();
  } finally {
    tf.dispose([pixels, features]);
  }
}

function requirePixels(
  { name, height, width, channels }: ExtractorCard,
  found: number,
  count: number,
): void {
  const wanted = count * height * width * channels;
  if (Number.isInteger(count) && count >= 0 && found === wanted) return;
  throw new RangeError(
    `Extracting ${name} features: wanted ${wanted} bytes for ${count} images of ${height}x${width}x${channels}, found ` +
      `${found}.`,
  );
}
