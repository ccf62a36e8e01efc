/**
 * Detects two kinds of images that are not digits: images that are too bright, and images with
 * scattered bright pixels. The features of LeNet and of the classifier reveal neither kind.
 */
import type { ByteImages } from "../../images.ts";
import { EvaluationError } from "../evaluation_error.ts";

export interface GarbageScores {
  readonly tooBrightShare: number;
  /** Mean number of isolated bright pixels per image. */
  readonly isolatedPixels: number;
}

const BRIGHT = 200;
/**
 * A bright pixel is isolated if all its neighbours are below this value. On average, an image of
 * MNIST's test set has 0.0016 isolated pixels.
 */
const DARK = 128;

/**
 * Scores a set of images by brightness and by the number of isolated bright pixels.
 *
 * @param reference real images; an image counts as too bright if it is brighter than all of them
 * @throws {EvaluationError} if one of the two sets is empty
 */
export function scoreGarbage(
  images: ByteImages,
  reference: ByteImages,
): GarbageScores {
  for (const { count } of [images, reference]) {
    if (count > 0) continue;
    throw new EvaluationError("Garbage: wanted images, found none.");
  }
  const limit = Math.max(...meanPixels(reference));
  const tooBright = meanPixels(images).filter((mean) => mean > limit).length;
  return Object.freeze({
    tooBrightShare: tooBright / images.count,
    isolatedPixels: countIsolated(images) / images.count,
  });
}

/** Returns the mean pixel value of each image, from 0 to 255. */
export function meanPixels(
  { pixels, count, height, width }: ByteImages,
): number[] {
  const size = height * width;
  return Array.from({ length: count }, (_, image) => {
    let sum = 0;
    for (let i = image * size; i < (image + 1) * size; i++) sum += pixels[i];
    return sum / size;
  });
}

/**
 * Counts the isolated bright pixels in all images. A pixel's neighbours are the pixels around it,
 * up to eight in all.
 */
export function countIsolated(
  { pixels, count, height, width }: ByteImages,
): number {
  let isolated = 0;
  for (let image = 0; image < count; image++) {
    const from = image * height * width;
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        if (pixels[from + y * width + x] < BRIGHT) continue;
        if (!hasNeighbour(y, x, from)) isolated++;
      }
    }
  }
  return isolated;

  function hasNeighbour(y: number, x: number, from: number): boolean {
    const [bottom, right] = [
      Math.min(height - 1, y + 1),
      Math.min(width - 1, x + 1),
    ];
    for (let row = Math.max(0, y - 1); row <= bottom; row++) {
      for (let column = Math.max(0, x - 1); column <= right; column++) {
        if (row === y && column === x) continue;
        if (pixels[from + row * width + column] >= DARK) return true;
      }
    }
    return false;
  }
}
