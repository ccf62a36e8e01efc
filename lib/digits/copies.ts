/**
 * Finds images that are copies of training images. Compared pixel by pixel, such an image is nearer
 * to a training image than almost all real images outside the training set are. This is the
 * nearest-neighbour check of evaluation/metrics.
 */
import type { LabelledImages, Mnist } from "../dataset/mnist.ts";
import { selectImages } from "../dataset/select_images.ts";
import { pixelFeatures } from "../evaluation/metrics/features.ts";
import { nearestNeighbours } from "../evaluation/metrics/nearest_neighbours.ts";
import type { ByteImages } from "../images.ts";

export interface CopyOptions {
  /**
   * The limit is set so that this fraction of unseen real images would count as copies; default
   * .01.
   */
  readonly share?: number;
  /** The number of unseen real images to compare; default 300, or all if there are fewer. */
  readonly unseen?: number;
}

/**
 * Looks for copies among images of one digit.
 *
 * @returns the distance of each image from the nearest training image of that digit, and the limit
 * below which an image counts as a copy
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

/** Returns the first `most` images of a digit. */
export function imagesOf(
  { images, labels }: LabelledImages,
  digit: number,
  most = Infinity,
): ByteImages {
  const rows = [...labels.keys()].filter((row) => labels[row] === digit);
  return selectImages(images, rows.slice(0, most));
}
