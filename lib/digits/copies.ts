/**
 * Which images are copies of training images: nearer to one, in pixels, than real images that were
 * not trained on nearly ever are (the nearest-neighbour check of evaluation/metrics).
 */
import type { LabelledImages, Mnist } from "../dataset/mnist.ts";
import { selectImages } from "../dataset/select_images.ts";
import type { Features } from "../evaluation/metrics/features.ts";
import { nearestNeighbours } from "../evaluation/metrics/nearest_neighbours.ts";
import type { ByteImages } from "../images.ts";

export interface CopyOptions {
  /** The share of unseen real images that are as near; default .01. */
  readonly share?: number;
  /** Unseen images whose nearest training image is looked for; default 300, or all of fewer. */
  readonly unseen?: number;
}

/**
 * Looks for copies among images of one digit.
 *
 * @returns by image: its distance from the nearest training image of that digit, and what is
 * suspiciously near
 */
export function findDigitCopies(
  images: ByteImages,
  digit: number,
  { train, test }: Pick<Mnist, "train" | "test">,
  { share = 0.01, unseen = 300 }: CopyOptions = {},
): { readonly distances: Float64Array; readonly limit: number } {
  const training = pixelFeatures(imagesOf(train, digit));
  const real = nearestNeighbours(pixelFeatures(imagesOf(test, digit, unseen)), training);
  const sorted = real.distances.toSorted();
  return {
    distances: nearestNeighbours(pixelFeatures(images), training).distances,
    limit: sorted[Math.floor(share * (sorted.length - 1))],
  };
}

/** The first images of a digit. */
export function imagesOf(
  { images, labels }: LabelledImages,
  digit: number,
  most = Infinity,
): ByteImages {
  const rows = [...labels.keys()].filter((row) => labels[row] === digit);
  return selectImages(images, rows.slice(0, most));
}

function pixelFeatures({ pixels, count, height, width }: ByteImages): Features {
  return { values: pixels, count, dimension: height * width };
}
