/**
 * Detects two kinds of images that are not digits: too bright images, and images sprinkled with
 * bright pixels. The features of LeNet and of the classifier reveal neither kind.
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
 * A bright pixel is isolated if all its neighbours are below this value. MNIST's test set has .0016
 * isolated pixels per image.
 */
const DARK = 128;

/**
 * Scores a set of images.
 *
 * @param reference real images; an image brighter than all of them counts as too bright
 * @throws {EvaluationError} when a set is empty
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

/** Counts the isolated bright pixels in all images. Pixels have up to eight neighbours. */
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
