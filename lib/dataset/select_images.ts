import type { ByteImages } from "../images.ts";

/**
 * Returns copies of the images with the given indices, in the order of the indices.
 *
 * @throws {RangeError} when an index is out of range
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * const images = { pixels: Uint8Array.of(1, 2, 3, 4), count: 2, height: 1, width: 2, range: "0..255" } as const;
 * assertEquals([...selectImages(images, [1]).pixels], [3, 4]);
 * ```
 */
export function selectImages(
  images: ByteImages,
  indices: ArrayLike<number>,
): ByteImages {
  const size = images.height * images.width;
  const pixels = new Uint8Array(indices.length * size);
  for (let i = 0; i < indices.length; i++) {
    const index = indices[i];
    if (!(Number.isInteger(index) && index >= 0 && index < images.count)) {
      throw new RangeError(
        `Selecting images: wanted numbers from 0 to ${images.count - 1}, found ${index}.`,
      );
    }
    pixels.set(
      images.pixels.subarray(index * size, (index + 1) * size),
      i * size,
    );
  }
  return { ...images, pixels, count: indices.length };
}
