import type { ByteImages } from "../images.ts";

/** Returns the largest difference between two bytes at the same position. */
export function largestDifference(one: ByteImages, other: ByteImages): number {
  return one.pixels.reduce(
    (most, value, i) => Math.max(most, Math.abs(value - other.pixels[i])),
    0,
  );
}
