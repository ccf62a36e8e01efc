/**
 * Grayscale images in bulk. The pixels' range is part of the type, so that no function has to guess
 * it.
 */

/** Images of one size, one after the other. */
export interface Images<Pixels, Range extends string> {
  /** Row by row, image after image: `count * height * width` values. */
  readonly pixels: Pixels;
  /** Number of images. */
  readonly count: number;
  /** Rows of an image. */
  readonly height: number;
  /** Pixels in a row. */
  readonly width: number;
  /** The numbers for black and white. */
  readonly range: Range;
}

/** Images in files and on screens: integers from 0 (black) to 255 (white). */
export type ByteImages = Images<Uint8Array, "0..255">;

/** Images for the networks: numbers from -1 (black) to 1 (white). */
export type SignedImages = Images<Float32Array, "-1..1">;
