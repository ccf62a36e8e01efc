/**
 * Grayscale images in bulk. The range of the pixels is part of the type, so that no function has to
 * guess it.
 */

/** Images of one size, one after the other. */
export interface Images<Pixels, Range extends string> {
  /** Row by row, image after image: `count * height * width` values. */
  readonly pixels: Pixels;
  /** How many images there are. */
  readonly count: number;
  /** Rows of an image. */
  readonly height: number;
  /** Pixels in a row. */
  readonly width: number;
  /** The numbers of black and white. */
  readonly range: Range;
}

/** Images as files and screens have them: integers from 0, black, to 255, white. */
export type ByteImages = Images<Uint8Array, "0..255">;

/** Images as the networks have them: numbers from -1, black, to 1, white. */
export type SignedImages = Images<Float32Array, "-1..1">;
