import * as tf from "@tensorflow/tfjs";
import { gatherAugmented } from "../dataset/augment.ts";
import type { ByteImages } from "../images.ts";
import { CLASSES } from "./classifier.ts";

const BATCH = 250;

/** A classifier whose probabilities are calibrated. */
export interface CalibratedClassifier {
  /** Maps images `[batch, height, width, 1]`, with values in [0, 1], to logits `[batch, 10]`. */
  readonly model: tf.LayersModel;
  /** The number by which the logits are divided to calibrate the probabilities. */
  readonly temperature: number;
}

/**
 * Returns the calibrated probability of each digit for each image.
 *
 * @param onProgress receives the number of finished images
 * @returns the probabilities `[count, 10]` in row-major order; each row adds up to 1
 * @throws {RangeError} when the images do not have the network's input size
 */
export async function classify(
  { model, temperature }: CalibratedClassifier,
  images: ByteImages,
  onProgress?: (done: number) => void,
): Promise<Float64Array> {
  return softmax(await applyModel(model, images, onProgress), temperature);
}

/**
 * Applies a model to images in inference mode.
 *
 * @param model a model that maps images `[batch, height, width, 1]`, with values in [0, 1], to
 * `[batch, outputs]`
 * @param onProgress receives the number of finished images
 * @returns the outputs `[count, outputs]` in row-major order
 * @throws {RangeError} when the images do not have the network's input size
 */
export async function applyModel(
  model: tf.LayersModel,
  images: ByteImages,
  onProgress?: (done: number) => void,
): Promise<Float32Array> {
  const [, height, width] = model.inputs[0].shape;
  if (height !== images.height || width !== images.width) {
    throw new RangeError(
      `Reading images: wanted ${height}x${width} pixels for the network, found ${images.height}x${images.width}.`,
    );
  }
  const outputs = model.outputs[0].shape[1]!;
  const results = new Float32Array(images.count * outputs);
  for (let from = 0; from < images.count; from += BATCH) {
    const size = Math.min(BATCH, images.count - from);
    const indices = Uint32Array.from({ length: size }, (_, i) => from + i);
    const batch = tf.tidy(() => {
      const input = tf.tensor4d(gatherAugmented(images, indices), [
        size,
        height,
        width,
        1,
      ]);
      return model.apply(input, { training: false }) as tf.Tensor2D;
    });
    results.set(await batch.data<"float32">(), from * outputs);
    batch.dispose();
    onProgress?.(from + size);
  }
  return results;
}

/**
 * Divides logits by a temperature, and computes the softmax of each row.
 *
 * @param logits `[count, classes]`
 * @returns `[count, classes]`
 *
 * @example
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * const [first, second] = softmax(Float32Array.of(Math.log(3), 0), 1, 2);
 * assertAlmostEquals(first, 0.75, 1e-7);
 * assertAlmostEquals(second, 0.25, 1e-7);
 * ```
 */
export function softmax(
  logits: ArrayLike<number>,
  temperature = 1,
  classes = CLASSES,
): Float64Array {
  const result = new Float64Array(logits.length);
  for (let from = 0; from < logits.length; from += classes) {
    let most = -Infinity;
    for (let i = from; i < from + classes; i++) {
      most = Math.max(most, logits[i]);
    }
    let sum = 0;
    for (let i = from; i < from + classes; i++) {
      sum += result[i] = Math.exp((logits[i] - most) / temperature);
    }
    for (let i = from; i < from + classes; i++) result[i] /= sum;
  }
  return result;
}
