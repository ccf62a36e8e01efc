/**
 * Measures how clear a generated image is. The generator is a dense network, which does not know
 * which pixels are neighbours. The strokes that it draws therefore have ragged edges, and there are
 * specks around them.
 */
import type { ByteImages } from "../images.ts";
import { isInk, listPieces } from "./pieces.ts";

/**
 * Returns the raggedness of each image: the sum of |pixel − local mean| over all pixels, divided by
 * the sum of the absolute differences between the local means of adjacent pixels. Noise increases
 * the first sum. The second sum depends mainly on the edges of the strokes.
 *
 * @returns one value per image, which is Infinity if the image is entirely black
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
 * Returns the mean of a pixel and its eight neighbours. Neighbours outside the image count as
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
 * The possible numbers of loops in each digit from 0 to 9. A handwritten 2 may have a loop or none,
 * and a 4 may be open or closed at the top.
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

/** The smallest area inside a loop, as a fraction of the picture's area. */
const OPEN = 0.003;

/**
 * Returns whether a picture has the form of a digit. The ink must be a single connected piece, and
 * the number of its loops must be possible for the digit. The area inside each loop must not be too
 * small.
 *
 * @param ink the opacity of each pixel, `[side * side]`, 0 to 255
 */
export function hasFormOf(digit: number, ink: Uint8Array, side: number): boolean {
  const pieces = listPieces(ink, side, { of: isInk, diagonal: true });
  const ground = listPieces(ink, side, { of: (value) => !isInk(value), diagonal: false });
  // One piece of the background surrounds the digit. Each further piece is the inside of a loop.
  return pieces.length === 1 && loops[digit].includes(ground.length - 1) &&
    ground.every(({ length }) => length >= OPEN * ink.length);
}
