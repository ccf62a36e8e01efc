/**
 * Measures how clear an image is. The generator is a dense network and has no notion of which
 * pixels are neighbours, so its strokes have ragged edges and specks around them, in some images
 * more than in others.
 */
import type { ByteImages } from "../images.ts";
import { isInk, listPieces } from "./pieces.ts";

/**
 * Returns the raggedness of each image: how far its pixels are from the mean of their
 * neighbourhood, divided by how much that mean changes from pixel to pixel, both summed over the
 * image. Noise increases the first sum; the second depends mainly on the edges of the strokes.
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
 * For each digit: how many loops it may have when written by hand. A 2 may have one at its foot,
 * and a 4 may be closed at the top.
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
 * Returns whether a picture is all in one piece and has the right number of loops for its digit,
 * all of them open.
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
