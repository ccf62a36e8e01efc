/**
 * How clearly an image is drawn. The generator is a dense network, which knows no neighbourhood of
 * pixels: its strokes have ragged edges and specks around them, more in some images than in others.
 */
import type { ByteImages } from "../images.ts";
import { isInk, listPieces } from "./pieces.ts";

/**
 * The raggedness of each image: how far its pixels are from the mean of their neighbourhood, in
 * all, by how much that mean changes from pixel to pixel. The second is what a clean edge brings,
 * whether it belongs to a thin stroke or to a thick one; noise adds to the first.
 *
 * @returns by image; Infinity where nothing is drawn
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

/** The mean of a pixel and its eight neighbours; what is beyond the edge counts as black. */
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

/** How many loops a digit has, as people write it. A 2 may have one at its foot, a 4 on top. */
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

/** A loop is open where this share of the picture shows through it. */
const OPEN = 0.003;

/**
 * Whether a picture is drawn in one piece and has the loops of its digit, all of them open.
 *
 * @param ink `[side * side]`, 0 to 255
 */
export function hasFormOf(digit: number, ink: Uint8Array, side: number): boolean {
  const pieces = listPieces(ink, side, { of: isInk, diagonal: true });
  const ground = listPieces(ink, side, { of: (value) => !isInk(value), diagonal: false });
  // One piece of the ground is what lies around the digit.
  return pieces.length === 1 && loops[digit].includes(ground.length - 1) &&
    ground.every(({ length }) => length >= OPEN * ink.length);
}
