/**
 * Represents many grayscale images, all of the same size. The range of the pixels' values is part
 * of the type, so that no function has to guess it.
 */

/** Images, all of the same size, stored one after the other. */
export interface Images<Pixels, Range extends string> {
  /** The values of all pixels, image by image and row by row: `count * height * width` values. */
  readonly pixels: Pixels;
  /** Number of images. */
  readonly count: number;
  /** Height of an image in pixels. */
  readonly height: number;
  /** Width of an image in pixels. */
  readonly width: number;
  /** The range of the values, from black to white, such as `0..255`. */
  readonly range: Range;
}

/** Images in files and on screens: integers from 0 (black) to 255 (white). */
export type ByteImages = Images<Uint8Array, "0..255">;

/** Images for the networks: numbers from -1 (black) to 1 (white). */
export type SignedImages = Images<Float32Array, "-1..1">;
