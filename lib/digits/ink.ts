/**
 * Turns a generated image into ink: enlarges it and, for a clear picture, gives it a clean edge.
 *
 * Ink is the opacity of each pixel; the sheet adds the colour. The clean edge follows a contour
 * line of the enlarged and slightly blurred image. The level of the line is chosen so that the
 * amount of ink stays the same. Specks that are not connected to the digit are dropped.
 */
import sharp from "sharp";
import { listPieces } from "./pieces.ts";

/** The height and width of a generated image. */
const SIDE = 28;

/**
 * Edges are sharpened at this multiple of the final size. The picture is then reduced, which makes
 * the edges smooth.
 */
const FINER = 4;

/**
 * The standard deviation of the blur, in pixels of the generated image. It is less than the width
 * of a stroke.
 */
const BLUR = 0.62;

/** The range of shades, out of 255, over which an edge goes from no ink to full ink. */
const EDGE = 40;

/**
 * The level of the contour line is kept within these limits, so that faint strokes survive and the
 * glow around strokes disappears.
 */
const LEVELS = { least: 50, most: 150 };

/** An unconnected piece with less than this fraction of the ink is a speck. */
const SPECK = 0.05;

/**
 * Enlarges an image without changing it otherwise.
 *
 * @param pixels `[28 * 28]`, 0 to 255
 * @param side height and width of the result
 * @returns `[side * side]`, 0 to 255
 */
export async function enlarge(pixels: Uint8Array, side: number): Promise<Uint8Array> {
  return await resize(pixels, SIDE, side);
}

/** Enlarges an image like {@linkcode enlarge}, but with a clean edge. */
export async function drawClearly(pixels: Uint8Array, side: number): Promise<Uint8Array> {
  const fine = side * FINER;
  const large = await resize(pixels, SIDE, fine, BLUR * fine / SIDE);
  const edged = sharpenEdge(large, levelFor(large, meanOf(pixels) / 255));
  return withoutSpecks(await resize(edged, fine, side), side);
}

/** Reduces a picture to the size of a generated image: `[side * side]` to `[28 * 28]`. */
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
 * Returns the level that is exceeded by a fraction `share` of the pixels. If it is outside the
 * limits, returns the nearer limit.
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

/** Clears each connected piece with too little ink to belong to the digit. */
function withoutSpecks(pixels: Uint8Array, side: number): Uint8Array {
  const result = pixels.slice();
  const enough = SPECK * pixels.reduce((sum, pixel) => sum + pixel, 0);
  for (const piece of listPieces(pixels, side, { of: (pixel) => pixel > 0, diagonal: true })) {
    const ink = piece.reduce((sum, place) => sum + pixels[place], 0);
    if (ink < enough) { for (const place of piece) result[place] = 0; }
  }
  return result;
}
