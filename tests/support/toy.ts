/** Makes data and networks that are so small that a training step takes milliseconds. */
import type { ByteImages } from "../../lib/images.ts";
import { parseTrainOptions, type TrainOptions } from "../../lib/training/gan/options.ts";
import { randomStream } from "../../lib/random.ts";

/**
 * Returns `count` points as images of 1x2 pixels. The points lie near eight places on a circle of
 * radius 80 around (127.5, 127.5).
 */
export function ringOfGaussians(count: number): ByteImages {
  const stream = randomStream(1, "ring");
  const pixels = new Uint8Array(count * 2);
  for (let i = 0; i < count; i++) {
    const angle = stream.integer(8) * Math.PI / 4;
    // The sum of twelve uniform random numbers is close enough to a normal distribution here.
    const noise = () =>
      Array.from({ length: 12 }, () => stream.uniform()).reduce((a, b) => a + b) - 6;
    pixels[2 * i] = Math.round(127.5 + 80 * Math.cos(angle) + 4 * noise());
    pixels[2 * i + 1] = Math.round(127.5 + 80 * Math.sin(angle) + 4 * noise());
  }
  return { pixels, count, height: 1, width: 2, range: "0..255" };
}

/** Returns options for small networks, whose training takes milliseconds per step. */
export function toyOptions(changes: Partial<TrainOptions> = {}): TrainOptions {
  return parseTrainOptions({
    latentSize: 8,
    generatorLayers: [16, 12],
    discriminatorLayers: [12, 16],
    batchSize: 16,
    epochs: 1,
    ...changes,
  });
}
