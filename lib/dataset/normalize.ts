/**
 * Converts bytes to numbers in the range of the generator's output, and converts the numbers back.
 * A byte x becomes (x − 127.5) / 127.5. The result is in [-1, 1], like the values of tanh.
 */
import type { ByteImages, SignedImages } from "../images.ts";

const MIDDLE = 127.5;

/** The normalized values of the bytes 0 … 255. */
export const normalizedBytes: Readonly<Float32Array> = Float32Array.from(
  { length: 256 },
  (_, byte) => (byte - MIDDLE) / MIDDLE,
);

/** Converts bytes in 0 … 255 to numbers in [-1, 1]. */
export function normalize(images: ByteImages): SignedImages {
  const pixels = Float32Array.from(
    images.pixels,
    (byte) => normalizedBytes[byte],
  );
  return { ...images, pixels, range: "-1..1" };
}

/**
 * Converts numbers in [-1, 1] to the nearest bytes. Numbers outside this range are clamped. Bytes
 * that were normalized by {@linkcode normalize} are restored exactly.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * const pixels = Uint8Array.from({ length: 256 }, (_, byte) => byte);
 * const images = { pixels, count: 1, height: 16, width: 16, range: "0..255" } as const;
 * assertEquals(denormalize(normalize(images)), images);
 * ```
 */
export function denormalize(images: SignedImages): ByteImages {
  // A Uint8ClampedArray rounds halves to even and clamps; a Uint8Array does neither.
  // Uint8ClampedArray.from is many times as slow as this loop.
  const { pixels } = images;
  const clamped = new Uint8ClampedArray(pixels.length);
  for (let i = 0; i < pixels.length; i++) clamped[i] = pixels[i] * MIDDLE + MIDDLE;
  return { ...images, pixels: new Uint8Array(clamped.buffer), range: "0..255" };
}
