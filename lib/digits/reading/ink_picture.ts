/**
 * Reads a picture file as ink. The ink of a pixel is the difference in shade between the pixel and
 * the paper around it. Shadows, lighting and the colours of the board's theme do not affect the
 * ink.
 */
import sharp from "sharp";
import type { Ink } from "../mnist_form.ts";
import { ReadingError } from "./reading_error.ts";

/**
 * The length of a picture's longer side after scaling, in pixels. A cell of a 9x9 board is then
 * about 80 pixels wide.
 */
const LONGER = 800;
/** The minimum length of a picture's side, in pixels. */
const LEAST = 120;
/** The largest allowed number of pixels. A larger picture is rejected before it is decoded. */
const MOST_PIXELS = 50_000_000;
/** Half the side of the square window in which the shade of the paper is measured, in pixels. */
const REACH = 40;

export interface InkPicture extends Ink {
  readonly values: Uint8Array;
}

/**
 * Reads a picture of a board.
 *
 * @param file the bytes of a picture file, such as PNG, JPEG or WebP
 * @throws {ReadingError} if the file is not a picture, or if the picture is too small or too large
 */
export async function readInkPicture(file: Uint8Array): Promise<InkPicture> {
  const { data, info } = await unpack(file);
  const { width, height } = info;
  const grey = quantile(data, 0.5) < 128 ? data.map((value) => 255 - value) : data;
  return { values: inkOf(grey, { width, height }), width, height };
}

async function unpack(file: Uint8Array) {
  try {
    const { width = 0, height = 0 } = await sharp(file, limits).metadata();
    if (Math.min(width, height) < LEAST) {
      throw new ReadingError(
        `Reading a board: wanted a picture of at least ${LEAST} x ${LEAST} pixels, found ` +
          `${width} x ${height}.`,
      );
    }
    const { data, info } = await sharp(file, limits).autoOrient().flatten({ background: "white" })
      .resize(LONGER, LONGER, { fit: "inside", kernel: "cubic" })
      .greyscale().raw().toBuffer({ resolveWithObject: true });
    return { data: new Uint8Array(data), info };
  } catch (cause) {
    if (cause instanceof ReadingError) throw cause;
    const problem = cause instanceof Error ? cause.message.split("\n")[0] : String(cause);
    throw new ReadingError(`Reading a board: wanted a picture, found: ${problem}.`, { cause });
  }
}

const limits = { limitInputPixels: MOST_PIXELS, failOn: "error" } as const;

/**
 * Returns how much darker each pixel is than the paper around it. The values are scaled to the
 * range from 0 to 255.
 */
function inkOf(
  grey: Uint8Array,
  size: { readonly height: number; readonly width: number },
): Uint8Array {
  // Ink covers less than half of any window, so the mean of the brighter pixels approximates the
  // shade of the paper.
  const mean = boxMean(Float32Array.from(grey), size, REACH);
  const bright = Float32Array.from(grey, (value, at) => Math.max(value, mean[at]));
  const paper = boxMean(bright, size, REACH);
  const darker = Uint8Array.from(paper, (shade, at) => Math.max(0, Math.round(shade) - grey[at]));
  // The darkest 2 % become full ink at any contrast.
  const full = Math.max(32, quantile(darker, 0.98));
  return darker.map((value) => Math.min(255, Math.round(value / full * 255)));
}

/** Averages the square window around each pixel. */
export function boxMean(
  values: Float32Array,
  { height, width }: { readonly height: number; readonly width: number },
  reach: number,
): Float32Array {
  const sums = new Float64Array((width + 1) * (height + 1));
  for (let y = 0; y < height; y++) {
    let row = 0;
    for (let x = 0; x < width; x++) {
      row += values[y * width + x];
      sums[(y + 1) * (width + 1) + x + 1] = sums[y * (width + 1) + x + 1] + row;
    }
  }
  const means = new Float32Array(values.length);
  for (let y = 0, at = 0; y < height; y++) {
    const [top, bottom] = [Math.max(0, y - reach), Math.min(height, y + reach + 1)];
    const [above, below] = [top * (width + 1), bottom * (width + 1)];
    for (let x = 0; x < width; x++, at++) {
      const [left, right] = [Math.max(0, x - reach), Math.min(width, x + reach + 1)];
      const sum = sums[below + right] - sums[above + right] - sums[below + left] +
        sums[above + left];
      means[at] = sum / ((right - left) * (bottom - top));
    }
  }
  return means;
}

/**
 * Returns the smallest value for which at least the fraction `share` of all bytes are less than or
 * equal to the value.
 */
function quantile(values: Uint8Array, share: number): number {
  const counts = new Uint32Array(256);
  for (const value of values) counts[value]++;
  let [quantile, below] = [0, counts[0]];
  while (below < share * values.length) below += counts[++quantile];
  return quantile;
}
