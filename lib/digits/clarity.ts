/**
 * Measures how clear an image is. The generator is a dense network and does not know which pixels
 * are neighbours. So its strokes have ragged edges, with specks around them. Some images have more
 * of this than others.
 */
import type { ByteImages } from "../images.ts";
import { isInk, listPieces } from "./pieces.ts";

/**
 * Returns the raggedness of each image, which is the quotient of two sums over its pixels. The
 * first sum measures how far each pixel is from the mean around it. The second measures how much
 * these means change from one pixel to the next. Noise increases the first sum, while the second
 * depends mainly on the edges of the strokes.
 *
 * @returns one value for each image; Infinity for an empty image
 */
export function raggedness(images: ByteImages): Float64Array {
  const { pixels, count, height, width } = images;
  const size = height * width;
  return Float64Array.from({ length: count }, (_, image) => {
    const own = pixels.subarray(image * size, (image + 1) * size);
    const smooth = Float64Array.from(own, (_, at) => meanAround(own, images, at));
    let [noise, edges] = [0, 0];
    for (let at = 0; at < size; at++) {
      noise += Math.abs(own[at] - smooth[at]);
      if (at % width > 0) edges += Math.abs(smooth[at] - smooth[at - 1]);
      if (at >= width) edges += Math.abs(smooth[at] - smooth[at - width]);
    }
    return edges === 0 ? Infinity : noise / edges;
  });
}

/**
 * Returns the mean of a pixel and its eight neighbours. Pixels beyond the image's edge count as
 * black.
 */
function meanAround(
  pixels: Uint8Array,
  { height, width }: Pick<ByteImages, "height" | "width">,
  at: number,
): number {
  const [x, y] = [at % width, Math.floor(at / width)];
  let sum = 0;
  for (let row = Math.max(0, y - 1); row <= Math.min(height - 1, y + 1); row++) {
    for (let column = Math.max(0, x - 1); column <= Math.min(width - 1, x + 1); column++) {
      sum += pixels[row * width + column];
    }
  }
  return sum / 9;
}

/**
 * Lists, for each digit, the numbers of loops that it may have when it is written by hand. A 2 may
 * have one at its foot, and a 4 may be closed at the top.
 */
const loops: readonly (readonly number[])[] = [
  [1],
  [0],
  [0, 1],
  [0],
  [0, 1],
  [0],
  [1],
  [0],
  [2],
  [1],
];

/** A loop is open if it covers at least this fraction of the picture. */
const OPEN = 0.003;

/**
 * Returns whether a picture has the form of its digit: it must be all in one piece and have the
 * right number of loops, and all its loops must be open.
 *
 * @param ink `[side * side]`, 0 to 255
 */
export function hasFormOf(digit: number, ink: Uint8Array, side: number): boolean {
  const pieces = listPieces(ink, side, { of: isInk, diagonal: true });
  const ground = listPieces(ink, side, { of: (value) => !isInk(value), diagonal: false });
  // One piece of the background surrounds the digit; the others are its loops.
  return pieces.length === 1 && loops[digit].includes(ground.length - 1) &&
    ground.every(({ length }) => length >= OPEN * ink.length);
}
