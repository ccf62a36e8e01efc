/**
 * Brings ink into the form that MNIST's digits have, as MNIST's authors describe it. The ink is
 * scaled to fit into 20 x 20 pixels without changing its proportions. The scaled ink is then placed
 * on an image of 28 x 28 pixels, with its centre of mass in the middle. This file has no imports.
 */

/** Side length of an image in MNIST's form, in pixels. */
export const FORM = 28;
/** Length of the longer side of the scaled ink, in pixels. */
const BOX = 20;

/** Ink on a rectangle of any size. */
export interface Ink {
  /** The amount of ink in each pixel, row by row, from 0 (no ink) to 255 (full ink). */
  readonly values: ArrayLike<number>;
  readonly height: number;
  readonly width: number;
}

/**
 * A rectangle of pixels. The column `right` and the row `bottom` are just outside the rectangle.
 */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/**
 * The smallest value that counts as ink. Smaller values belong to the glow that blurring leaves
 * around strokes.
 */
const FAINT = 32;

/**
 * Brings ink into MNIST's form.
 *
 * @returns an image with white ink on black, `[28 * 28]`, 0 to 255; undefined if there is no ink
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * const values = new Uint8Array(100 * 100);
 * for (let y = 60; y < 100; y++) values[y * 100 + 7] = 255;
 * const form = toMnistForm({ values, height: 100, width: 100 })!;
 * assertEquals([3, 4, 23, 24].map((row) => form[row * 28 + 14] > 0), [false, true, true, false]);
 * ```
 */
export function toMnistForm(ink: Ink): Uint8Array | undefined {
  const box = boundsOf(ink);
  if (!box) return undefined;
  const [width, height] = [box.right - box.left, box.bottom - box.top];
  const scale = BOX / Math.max(width, height);
  const size = {
    width: Math.max(1, Math.round(width * scale)),
    height: Math.max(1, Math.round(height * scale)),
  };
  return centre({ values: fit(ink, box, size), ...size });
}

/** Returns the smallest box that contains all the ink; undefined if there is no ink. */
export function boundsOf({ values, height, width }: Ink): Box | undefined {
  let [left, top, right, bottom] = [width, height, 0, 0];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (values[y * width + x] < FAINT) continue;
      left = Math.min(left, x);
      right = Math.max(right, x + 1);
      top = Math.min(top, y);
      bottom = y + 1;
    }
  }
  return right > left ? { left, top, right, bottom } : undefined;
}

function fit(
  { values, width }: Ink,
  box: Box,
  size: { readonly height: number; readonly width: number },
): Float64Array {
  const across = sharesOf(box.left, box.right, size.width);
  const down = sharesOf(box.top, box.bottom, size.height);
  const rows = down.map((shares) => {
    const row = new Float64Array(width);
    for (const { place, share } of shares) {
      for (let x = 0; x < width; x++) row[x] += share * values[place * width + x];
    }
    return row;
  });
  return Float64Array.from({ length: size.height * size.width }, (_, at) => {
    const row = rows[Math.floor(at / size.width)];
    return across[at % size.width].reduce((sum, { place, share }) => sum + share * row[place], 0);
  });
}

interface Share {
  readonly place: number;
  readonly share: number;
}

/**
 * For each of the `count` target pixels, lists the source pixels that contribute to it, and how
 * much each source pixel contributes. When a picture is scaled down, source pixels are averaged.
 * When a picture is enlarged, source pixels are interpolated.
 */
function sharesOf(from: number, to: number, count: number): Share[][] {
  const length = (to - from) / count;
  const reach = Math.max(1, length);
  return Array.from({ length: count }, (_, i) => {
    const middle = from + (i + 0.5) * length;
    const shares: Share[] = [];
    const [first, last] = [middle - reach / 2, middle + reach / 2];
    for (let place = Math.floor(first); place < last; place++) {
      const overlap = Math.min(last, place + 1) - Math.max(first, place);
      const inside = Math.min(to - 1, Math.max(from, place));
      if (overlap > 0) shares.push({ place: inside, share: overlap / reach });
    }
    return shares;
  });
}

/**
 * Places scaled ink on a black image of 28 x 28 pixels. The centre of mass is placed as close to
 * the middle as is possible without cutting off ink.
 */
function centre({ values, height, width }: Ink): Uint8Array {
  let [sum, sumX, sumY] = [0, 0, 0];
  for (let at = 0; at < height * width; at++) {
    sum += values[at];
    sumX += values[at] * (at % width + 0.5);
    sumY += values[at] * (Math.floor(at / width) + 0.5);
  }
  const place = (mass: number, length: number) =>
    Math.min(FORM - length, Math.max(0, Math.round(FORM / 2 - mass / sum)));
  const [left, top] = [place(sumX, width), place(sumY, height)];
  const form = new Uint8Array(FORM * FORM);
  for (let at = 0; at < height * width; at++) {
    const [x, y] = [left + at % width, top + Math.floor(at / width)];
    form[y * FORM + x] = Math.min(255, Math.round(values[at]));
  }
  return form;
}
