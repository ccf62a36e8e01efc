import type { LabelledImages } from "./mnist.ts";
import { randomStream } from "../random.ts";

/** A data set that is split into images for training and images for validation. */
export interface Split {
  readonly training: LabelledImages;
  readonly validation: LabelledImages;
}

/**
 * Holds back `count` random images for validation. The same images are chosen in every run, so that
 * runs with different seeds can be compared.
 *
 * @throws {RangeError} when `count` is negative or not an integer, or when no images would be left
 * for training
 */
export function holdBack(data: LabelledImages, count: number): Split {
  const total = data.images.count;
  if (!Number.isInteger(count) || count < 0 || count >= total) {
    throw new RangeError(
      `Holding back images: wanted 0 to ${total - 1} of ${total}, found ${count}.`,
    );
  }
  const order = randomStream(0, "validation split").permutation(total);
  return {
    // The sorted indices keep the images in the order of the files.
    training: take(data, order.slice(count).sort()),
    validation: take(data, order.slice(0, count).sort()),
  };
}

/** Returns the images with the given indices, and their labels. */
export function take(
  { images, labels }: LabelledImages,
  indices: Uint32Array,
): LabelledImages {
  const size = images.height * images.width;
  const pixels = new Uint8Array(indices.length * size);
  indices.forEach((index, i) =>
    pixels.set(
      images.pixels.subarray(index * size, (index + 1) * size),
      i * size,
    )
  );
  return {
    images: { ...images, pixels, count: indices.length },
    labels: Uint8Array.from(indices, (index) => labels[index]),
  };
}
