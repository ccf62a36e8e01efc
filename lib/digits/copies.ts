/**
 * Finds images that are copies of training images. An image counts as a copy if it is closer, pixel
 * by pixel, to its nearest training image than nearly all unseen real images are to theirs. The
 * unseen images are MNIST's test images.
 */
import type { LabelledImages, Mnist } from "../dataset/mnist.ts";
import { selectImages } from "../dataset/select_images.ts";
import { pixelFeatures } from "../evaluation/metrics/features.ts";
import { nearestNeighbours } from "../evaluation/metrics/nearest_neighbours.ts";
import type { ByteImages } from "../images.ts";

export interface CopyOptions {
  /**
   * The limit is set so that this fraction of the unseen real images would count as copies; default
   * .01.
   */
  readonly share?: number;
  /** The maximum number of unseen real images to compare with the training images; default 300. */
  readonly unseen?: number;
}

/**
 * Compares images of one digit with the training images of that digit.
 *
 * @returns each image's distance from its nearest training image, and the limit: an image is a copy
 * if its distance is less than `limit`
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

/** Returns the first `most` images of a digit, or all of its images if there are fewer. */
export function imagesOf(
  { images, labels }: LabelledImages,
  digit: number,
  most = Infinity,
): ByteImages {
  const rows = [...labels.keys()].filter((row) => labels[row] === digit);
  return selectImages(images, rows.slice(0, most));
}
