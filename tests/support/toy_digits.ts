import type { LabelledImages } from "../../lib/dataset/mnist.ts";
import { randomStream } from "../../lib/random.ts";
import {
  parseClassifierOptions,
  type TrainClassifierOptions,
} from "../../lib/training/classifier/options.ts";

/** Height and width of a picture in pixels. */
const SIDE = 12;

/**
 * Returns noisy pictures of 12x12 pixels. The picture of a digit has a bright bar, whose position
 * depends on the digit. The bar is vertical for the digits 0 to 4, and horizontal for the digits 5
 * to 9.
 */
export function toyDigits(count: number, seed = 1): LabelledImages {
  const stream = randomStream(seed, "toy digits");
  const pixels = new Uint8Array(count * SIDE * SIDE);
  const labels = Uint8Array.from({ length: count }, () => stream.integer(10));
  labels.forEach((digit, i) => {
    for (let y = 0; y < SIDE; y++) {
      for (let x = 0; x < SIDE; x++) {
        const across = digit < 5 ? x : y;
        const bar = Math.floor((across - 1) / 2) === digit % 5;
        pixels[(i * SIDE + y) * SIDE + x] = (bar ? 180 : 0) +
          stream.integer(60);
      }
    }
  });
  return {
    images: { pixels, count, height: SIDE, width: SIDE, range: "0..255" },
    labels,
  };
}

/** Returns options for a small classifier, whose training takes milliseconds per step. */
export function toyClassifierOptions(
  changes: Partial<TrainClassifierOptions> = {},
): TrainClassifierOptions {
  return parseClassifierOptions({
    filters: [4, 6],
    kernels: [3, 3],
    pools: [1],
    features: 12,
    batchSize: 16,
    validationImages: 20,
    shift: 1,
    epochs: 1,
    learningRate: 0.01,
    ...changes,
  });
}
