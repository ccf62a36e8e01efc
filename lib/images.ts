/**
 * Grayscale images of one size. The type states the range of the pixels' values. No function has to
 * guess.
 */

/** Images of one size, stored one after the other. */
export interface Images<Pixels, Range extends string> {
  /** `count * height * width` values, image by image and row by row. */
  readonly pixels: Pixels;
  /** Number of images. */
  readonly count: number;
  /** Height of an image in pixels. */
  readonly height: number;
  /** Width of an image in pixels. */
  readonly width: number;
  /** Range of the values, from black to white, such as `0..255`. */
  readonly range: Range;
}

/** Images in files and on screens: integers from 0 (black) to 255 (white). */
export type ByteImages = Images<Uint8Array, "0..255">;

/** Images for the networks: numbers from -1 (black) to 1 (white). */
export type SignedImages = Images<Float32Array, "-1..1">;
