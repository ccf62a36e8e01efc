/**
 * Turns a network into an extractor. The extractor compiles the network, and then calls it once for
 * each batch of images.
 *
 * TensorFlow may be set to use only one thread per operation. In that case, a batch is computed in
 * two halves, which are branches of one graph, so that two processors are busy.
 */
import * as tf from "@tensorflow/tfjs";
import { compile } from "../../compile/mod.ts";
import { isNative } from "../../native/native_backend.ts";
import { computesAcrossOperations } from "../../native/threads.ts";
import type { Extractor } from "./extractor.ts";

/** The properties of an extractor that are not functions. */
export type ExtractorCard = Omit<Extractor, "features" | "outputs" | "dispose">;

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
  const forward = compile((...parts: tf.Tensor4D[]) =>
    tf.tidy(() => parts.map((pixels) => network.forward(pixels)))
  );
  const size = card.height * card.width * card.channels;
  return {
    ...card,
    async features(images, count) {
      requirePixels(card, images.length, count);
      const features = new Float32Array(count * card.dimension);
      for (let from = 0; from < count; from += card.batchSize) {
        const to = Math.min(from + card.batchSize, count);
        const batch = images.subarray(from * size, to * size);
        await extract(
          card,
          forward,
          batch,
          features.subarray(from * card.dimension, to * card.dimension),
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

/** Writes the features of a batch of images to `features`. */
async function extract(
  { height, width, channels }: ExtractorCard,
  forward: (...parts: tf.Tensor4D[]) => tf.Tensor2D[],
  batch: Uint8Array,
  features: Float32Array,
): Promise<void> {
  const size = height * width * channels;
  const parts = splitBatch(batch, size).map((bytes) =>
    tf.tensor4d(new Float32Array(bytes), [bytes.length / size, height, width, channels])
  );
  const results = forward(...parts);
  try {
    let written = 0;
    for (const result of results) {
      features.set(await result.data<"float32">(), written);
      written += result.size;
    }
  } finally {
    tf.dispose([parts, results]);
  }
}

/** The smallest number of images for which a batch is split. A smaller batch is fast anyway. */
const LEAST_IMAGES = 64;

/**
 * Splits a batch into two halves if several operations can run at the same time. Otherwise, or if
 * the batch is small or odd, returns the batch as its only part.
 */
function splitBatch(batch: Uint8Array, size: number): Uint8Array[] {
  const count = batch.length / size;
  const splits = count >= LEAST_IMAGES && count % 2 === 0 &&
    isNative() && computesAcrossOperations();
  if (!splits) return [batch];
  const middle = count / 2 * size;
  return [batch.subarray(0, middle), batch.subarray(middle)];
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
