/**
 * Measures how clear an image is. The generator is a dense network without a notion of neighbouring
 * pixels. Its strokes therefore have ragged edges and specks around them.
 */
import type { ByteImages } from "../images.ts";
import { isInk, listPieces } from "./pieces.ts";

/**
 * Returns the raggedness of each image: the sum of |pixel − local mean|, divided by the sum of the
 * changes of the local mean. Noise raises the first sum. The second sum depends mainly on the edges
 * of the strokes.
 *
 * @returns one value per image; Infinity for an empty image
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

/** Averages a pixel and its eight neighbours. Outside the image, all is black. */
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

/** The possible numbers of loops in each digit. A 2 may have a loop, and a 4 may be closed. */
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

/** The smallest area of a loop, as a fraction of the picture. */
const OPEN = 0.003;

/**
 * Returns whether a picture is one piece of ink with a possible number of loops. All loops must be
 * open.
 *
 * @param ink `[side * side]`, 0 to 255
 */
export function hasFormOf(digit: number, ink: Uint8Array, side: number): boolean {
  const pieces = listPieces(ink, side, { of: isInk, diagonal: true });
  const ground = listPieces(ink, side, { of: (value) => !isInk(value), diagonal: false });
  // The first piece of background surrounds the digit. The remaining pieces are loops.
  return pieces.length === 1 && loops[digit].includes(ground.length - 1) &&
    ground.every(({ length }) => length >= OPEN * ink.length);
}
