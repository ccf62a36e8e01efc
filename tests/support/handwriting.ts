import type { ByteImages } from "../../lib/images.ts";
import type { Ink } from "../../lib/digits/mnist_form.ts";
import type { RandomStream } from "../../lib/random.ts";

/** Height and width of the canvas in pixels. */
const CANVAS = 256;
/**
 * The smallest and the largest scale, in canvas pixels per image pixel. At the smallest scale, an
 * image covers a small part of the canvas. At the largest scale, it covers nearly all of the
 * canvas.
 */
const SCALES = { least: 2, most: 9 };

/** Draws an image on a canvas at a random size and position, with linear interpolation. */
export function redraw(
  { pixels, height, width }: ByteImages,
  image: number,
  stream: RandomStream,
): Ink {
  const own = pixels.subarray(image * height * width, (image + 1) * height * width);
  const scale = SCALES.least + stream.uniform() * (SCALES.most - SCALES.least);
  const left = stream.uniform() * (CANVAS - width * scale);
  const top = stream.uniform() * (CANVAS - height * scale);
  const at = (x: number, y: number) =>
    x < 0 || y < 0 || x >= width || y >= height ? 0 : own[y * width + x];
  const values = new Uint8Array(CANVAS * CANVAS);
  for (let i = 0; i < values.length; i++) {
    const x = (i % CANVAS + 0.5 - left) / scale - 0.5;
    const y = (Math.floor(i / CANVAS) + 0.5 - top) / scale - 0.5;
    const [column, row] = [Math.floor(x), Math.floor(y)];
    const [right, down] = [x - column, y - row];
    const upper = at(column, row) * (1 - right) + at(column + 1, row) * right;
    const lower = at(column, row + 1) * (1 - right) + at(column + 1, row + 1) * right;
    values[i] = Math.round(upper * (1 - down) + lower * down);
  }
  return { values, height: CANVAS, width: CANVAS };
}
