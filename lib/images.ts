/**
 * Grayscale images that all have the same size. The type of the images states the range of the
 * pixel values, so no function has to guess the range.
 */

/** Images of the same size, stored one after the other. */
export interface Images<Pixels, Range extends string> {
  /** The `count * height * width` values of all pixels, image by image and row by row. */
  readonly pixels: Pixels;
  /** Number of images. */
  readonly count: number;
  /** Height of an image in pixels. */
  readonly height: number;
  /** Width of an image in pixels. */
  readonly width: number;
  /**
   * Range of the pixel values, such as `0..255`. The first number is black and the last is white.
   */
  readonly range: Range;
}

/** Images for files and screens. The pixel values are integers from 0 (black) to 255 (white). */
export type ByteImages = Images<Uint8Array, "0..255">;

/** Images for the networks. The pixel values are numbers from -1 (black) to 1 (white). */
export type SignedImages = Images<Float32Array, "-1..1">;
