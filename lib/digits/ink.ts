/**
 * Turns a generated image into ink, which is stored as the opacity of each pixel. For a raw
 * picture, the image is only enlarged. For a clear picture, the image is also blurred, and the
 * strokes get a clean edge along a contour line of the blurred image. The level of the contour line
 * is chosen so that the amount of ink stays the same. Finally, specks are removed.
 */
import sharp from "sharp";
import { listPieces } from "./pieces.ts";

/** Side length of a generated image, in pixels. */
const SIDE = 28;

/**
 * While its edges are being sharpened, the picture is this many times as wide and as high as the
 * final picture. The edges become smooth when the picture is then reduced to its final size.
 */
const FINER = 4;

/**
 * The standard deviation of the blur, in pixels of the generated image. It is less than the width
 * of a stroke.
 */
const BLUR = 0.62;

/**
 * The width of an edge, as a range of values in the blurred image (0 to 255): the ink goes from
 * none to full while the value rises by this amount.
 */
const EDGE = 40;

/**
 * The limits for the level of the contour line. The upper limit keeps faint strokes, and the lower
 * limit removes the glow around strokes.
 */
const LEVELS = { least: 50, most: 150 };

/** A separate piece of ink is a speck if it has less than this fraction of the picture's ink. */
const SPECK = 0.05;

/**
 * Enlarges an image.
 *
 * @param pixels the generated image, `[28 * 28]`, 0 to 255
 * @returns the ink, `[side * side]`, 0 to 255
 */
export async function enlarge(pixels: Uint8Array, side: number): Promise<Uint8Array> {
  return await resize(pixels, SIDE, side);
}

/** Enlarges an image, gives its strokes a clean edge, and removes specks. */
export async function drawClearly(pixels: Uint8Array, side: number): Promise<Uint8Array> {
  const fine = side * FINER;
  const large = await resize(pixels, SIDE, fine, BLUR * fine / SIDE);
  const edged = sharpenEdge(large, levelFor(large, meanOf(pixels) / 255));
  return withoutSpecks(await resize(edged, fine, side), side);
}

/** Reduces a picture to the size of a generated image, from `[side * side]` to `[28 * 28]`. */
export async function reduceInk(ink: Uint8Array, side: number): Promise<Uint8Array> {
  return await resize(ink, side, SIDE);
}

async function resize(
  pixels: Uint8Array,
  from: number,
  to: number,
  blur?: number,
): Promise<Uint8Array> {
  const raw = { width: from, height: from, channels: 1 } as const;
  const image = sharp(pixels, { raw }).resize(to, to, { kernel: "cubic" });
  const output = blur === undefined ? image : image.blur(blur);
  return new Uint8Array(await output.toColourspace("b-w").raw().toBuffer());
}

function meanOf(values: Uint8Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/**
 * Returns a threshold that is exceeded by about the fraction `share` of all pixels. A
 * result outside the limits in `LEVELS` is replaced by the nearest limit.
 */
function levelFor(pixels: Uint8Array, share: number): number {
  const counts = new Uint32Array(256);
  for (const pixel of pixels) counts[pixel]++;
  let level = 255;
  for (let above = 0; level > 0 && above + counts[level] < share * pixels.length; level--) {
    above += counts[level];
  }
  return Math.min(LEVELS.most, Math.max(LEVELS.least, level));
}

function sharpenEdge(pixels: Uint8Array, level: number): Uint8Array {
  return pixels.map((pixel) => {
    const share = Math.min(1, Math.max(0, (pixel - level) / EDGE + 0.5));
    return Math.round(255 * share * share * (3 - 2 * share));
  });
}

function withoutSpecks(pixels: Uint8Array, side: number): Uint8Array {
  const result = pixels.slice();
  const enough = SPECK * pixels.reduce((sum, pixel) => sum + pixel, 0);
  for (const piece of listPieces(pixels, side, { of: (pixel) => pixel > 0, diagonal: true })) {
    const ink = piece.reduce((sum, place) => sum + pixels[place], 0);
    if (ink < enough) { for (const place of piece) result[place] = 0; }
  }
  return result;
}
