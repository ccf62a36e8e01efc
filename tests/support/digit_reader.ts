import * as tf from "@tensorflow/tfjs";
import type { LabelledImages } from "../../lib/dataset/mnist.ts";
import type { Extractor } from "../../lib/evaluation/extractors/extractor.ts";
import type { Classifier } from "../../lib/models/classifier_weights.ts";
import { toyDigits } from "./toy_digits.ts";

/** Height and width of an enlarged toy digit in pixels. */
export const SIDE = 24;

/** Returns toy digits that are enlarged to twice their height and width. */
export function largeToyDigits(count: number, seed: number): LabelledImages {
  const { images, labels } = toyDigits(count, seed);
  const half = (place: number) =>
    (place - place % SIDE ** 2) / 4 +
    Math.floor(place % SIDE ** 2 / SIDE / 2) * SIDE / 2 +
    Math.floor(place % SIDE / 2);
  const pixels = Uint8Array.from(
    { length: count * SIDE ** 2 },
    (_, place) => images.pixels[half(place)],
  );
  return { images: { ...images, pixels, height: SIDE, width: SIDE }, labels };
}

/**
 * Returns a classifier that reads toy digits. The logit of a digit is the brightness of the bar
 * that stands for this digit.
 */
export function digitReader(): Classifier {
  const input = tf.input({ shape: [SIDE, SIDE, 1] });
  const flat = tf.layers.flatten().apply(input);
  const bars = tf.layers.dense({ units: 10, useBias: false });
  const model = tf.model({
    inputs: input,
    outputs: bars.apply(flat) as tf.SymbolicTensor,
  });
  const weights = Array.from(
    { length: SIDE ** 2 },
    (_, place) =>
      Array.from({ length: 10 }, (_, digit) => {
        const across = digit < 5 ? place % SIDE : Math.floor(place / SIDE);
        return Math.floor((across - 2) / 4) === digit % 5 ? 1 : 0;
      }),
  );
  bars.setWeights([tf.tidy(() => tf.tensor2d(weights))]);
  return { model, temperature: 1, hash: "reader", config: {} };
}

/**
 * Returns an extractor with four features per image: the mean brightness of each quarter of the
 * image. The property `calls` lists the number of images in each call.
 */
export function quarterExtractor(
  height = SIDE,
  width = SIDE,
): Extractor & { readonly calls: number[] } {
  const calls: number[] = [];
  return {
    ...{ calls, height, width, channels: 1, dimension: 4, batchSize: 100 },
    ...{ name: "digit", metric: "toy-FID", hash: "quarters" },
    features(images, count) {
      calls.push(count);
      const values = new Float32Array(4 * count);
      images.forEach((byte, place) => {
        const at = place % (height * width);
        const low = Number(Math.floor(at / width) >= height / 2);
        const right = Number(at % width >= width / 2);
        values[
          4 * Math.floor(place / (height * width)) + 2 * low + right
        ] += byte / (height * width) * 4;
      });
      return Promise.resolve(values);
    },
    dispose() {},
  };
}
