import type { ByteImages } from "../images.ts";

/**
 * Compares the bytes of two sets of images at each position, and returns the largest absolute
 * difference.
 */
export function largestDifference(one: ByteImages, other: ByteImages): number {
  return one.pixels.reduce(
    (most, value, i) => Math.max(most, Math.abs(value - other.pixels[i])),
    0,
  );
}
