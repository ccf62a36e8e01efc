/**
 * Writes and reads the sheet of digits, a single image file that contains all the pictures. All
 * pixels have the same colour, and only their opacity varies, so the sheet can also be used as a
 * mask.
 */
import sharp from "sharp";
import {
  type DigitIndex,
  type DigitKind,
  type DigitTheme,
  placeOf,
  sheetSize,
} from "./digit_index.ts";

/**
 * The red, green and blue values of the ink: a blue-black for white paper, and a warm white for a
 * dark background.
 */
export const inkColours: Readonly<Record<DigitTheme, readonly [number, number, number]>> = {
  light: [27, 38, 73],
  dark: [240, 234, 220],
};

/**
 * Number of steps from transparent to opaque. WebP packs two pixels into a byte if the palette has
 * at most 16 colours. Raw pictures have fewer steps, because their noise hides the jumps between
 * the steps.
 */
const STEPS: Readonly<Record<DigitKind, number>> = { clear: 15, raw: 7 };

export type SheetLayout = Pick<DigitIndex, "columns" | "side" | "pictures">;

/** Rounds the opacity of each pixel to the nearest step for this kind of picture. */
export function roundInk(ink: Uint8Array, kind: DigitKind): Uint8Array {
  const steps = STEPS[kind];
  return ink.map((value) => Math.round(Math.round(value / 255 * steps) / steps * 255));
}

/**
 * Draws the sheet.
 *
 * @param inks the ink of each picture, `[side * side]`, 0 to 255
 * @returns the bytes of a WebP file
 */
export async function encodeSheet(
  layout: SheetLayout,
  inks: readonly Uint8Array[],
  theme: DigitTheme,
): Promise<Uint8Array> {
  const { height, width } = sheetSize(layout);
  const [red, green, blue] = inkColours[theme];
  const pixels = new Uint8Array(height * width * 4);
  for (let at = 0; at < pixels.length; at += 4) pixels.set([red, green, blue, 0], at);
  inks.forEach((ink, picture) => {
    const opacity = roundInk(ink, layout.pictures[picture].kind);
    forEachPixel(layout, picture, (from, to) => pixels[to * 4 + 3] = opacity[from]);
  });
  const image = sharp(pixels, { raw: { width, height, channels: 4 } });
  return new Uint8Array(await image.webp({ lossless: true, effort: 6, exact: true }).toBuffer());
}

/**
 * Reads the pictures of a sheet.
 *
 * @returns the ink of each picture, `[side * side]`, 0 to 255
 * @throws {RangeError} if the image does not have the size that the layout gives
 */
export async function decodeSheet(layout: SheetLayout, file: Uint8Array): Promise<Uint8Array[]> {
  const wanted = sheetSize(layout);
  const { data, info } = await sharp(file).ensureAlpha().extractChannel("alpha").raw()
    .toBuffer({ resolveWithObject: true });
  if (info.width !== wanted.width || info.height !== wanted.height) {
    throw new RangeError(
      `Reading a sheet of digits: wanted ${wanted.width} x ${wanted.height} pixels, found ` +
        `${info.width} x ${info.height}.`,
    );
  }
  return layout.pictures.map((_, picture) => {
    const ink = new Uint8Array(layout.side ** 2);
    forEachPixel(layout, picture, (to, from) => ink[to] = data[from]);
    return ink;
  });
}

function forEachPixel(
  layout: SheetLayout,
  picture: number,
  visit: (inPicture: number, onSheet: number) => void,
): void {
  const { side, columns } = layout;
  const { left, top } = placeOf(layout, picture);
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      visit(y * side + x, (top + y) * columns * side + left + x);
    }
  }
}
