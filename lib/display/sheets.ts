/** Draws contact sheets, which show many small images in one picture. */
import sharp from "sharp";
import type { ByteImages } from "../images.ts";

export interface SheetOptions {
  readonly columns?: number;
  /** Number of pixels of the sheet per pixel of an image, in each direction; default 2. */
  readonly scale?: number;
  /** Width in pixels of the gaps between images and of the sheet's margin; default 2. */
  readonly gap?: number;
  /**
   * Shade of grey of the gaps, the margin and empty places, from 0 (black) to 255 (white); default
   * 64.
   */
  readonly background?: number;
}

/**
 * Draws greyscale images on a sheet, row by row.
 *
 * @returns the bytes of a greyscale PNG file
 * @throws {RangeError} if there are no images, or if the number of columns, the scale, or the width
 * or height of the images is not a positive whole number
 */
export async function drawSheet(
  images: ByteImages,
  options: SheetOptions = {},
): Promise<Uint8Array> {
  const { pixels, width, height } = layOut(images, options);
  return await sharp(pixels, { raw: { width, height, channels: 1 } })
    .toColourspace("b-w")
    .png({ compressionLevel: 9 })
    .toBuffer();
}

const usual = { columns: 8, scale: 2, gap: 2, background: 64 } as const;

/**
 * Reads the images back from a sheet that {@linkcode drawSheet} drew. The options must be those
 * with which the sheet was drawn.
 *
 * @throws {RangeError} if the sheet does not have the size that the options imply
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * const pixels = Uint8Array.of(0, 255, 7, 100);
 * const images = { pixels, count: 2, height: 1, width: 2, range: "0..255" } as const;
 * assertEquals(await readSheet(await drawSheet(images), images), images);
 * ```
 */
export async function readSheet(
  file: Uint8Array,
  { count, height, width }: Pick<ByteImages, "count" | "height" | "width">,
  options: Omit<SheetOptions, "background"> = {},
): Promise<ByteImages> {
  const layout = { ...usual, ...options };
  const images: ByteImages = {
    ...{ pixels: new Uint8Array(count * height * width), count, height, width, range: "0..255" },
  };
  const wanted = sizeOf(images, layout);
  const { data, info } = await sharp(file).extractChannel(0).raw()
    .toBuffer({ resolveWithObject: true });
  if (info.width !== wanted.width || info.height !== wanted.height) {
    throw new RangeError(
      `Reading a sheet: ${count} images of ${width}x${height} are drawn on ` +
        `${wanted.width}x${wanted.height} pixels, found ${info.width}x${info.height}.`,
    );
  }
  visitPixels(images, layout, (pixel, at) => images.pixels[pixel] = data[at]);
  return images;
}

function layOut(
  images: ByteImages,
  options: SheetOptions,
): { pixels: Uint8Array; width: number; height: number } {
  const layout = { ...usual, ...options };
  requireSizes(images, { columns: layout.columns, scale: layout.scale });
  const { width, height } = sizeOf(images, layout);
  const pixels = new Uint8Array(width * height).fill(layout.background);
  visitPixels(images, layout, (pixel, at) => pixels[at] = images.pixels[pixel]);
  return { pixels, width, height };
}

type Layout = Required<SheetOptions>;

function sizeOf({ count, width, height }: ByteImages, { columns, scale, gap }: Layout) {
  return {
    width: Math.min(columns, count) * (width * scale + gap) + gap,
    height: Math.ceil(count / columns) * (height * scale + gap) + gap,
  };
}

/**
 * Calls a function for each pixel of the sheet that shows part of an image. The function receives
 * the index of the pixel in `images`, and the index of the pixel on the sheet.
 */
function visitPixels(
  images: ByteImages,
  layout: Layout,
  visit: (pixel: number, at: number) => void,
): void {
  const { columns, scale, gap } = layout;
  const { width } = sizeOf(images, layout);
  for (let image = 0; image < images.count; image++) {
    const left = gap + (image % columns) * (images.width * scale + gap);
    const top = gap + Math.floor(image / columns) * (images.height * scale + gap);
    const from = image * images.width * images.height;
    for (let y = 0; y < images.height * scale; y++) {
      const row = from + Math.floor(y / scale) * images.width;
      const to = (top + y) * width + left;
      for (let x = 0; x < images.width * scale; x++) visit(row + Math.floor(x / scale), to + x);
    }
  }
}

function requireSizes(
  images: ByteImages,
  sizes: Readonly<Record<string, number>>,
): void {
  const { count, width, height } = images;
  for (
    const [name, size] of Object.entries({ ...sizes, count, width, height })
  ) {
    if (!Number.isInteger(size) || size < 1) {
      throw new RangeError(
        `Drawing a sheet: ${name} must be a positive whole number, found ${size}.`,
      );
    }
  }
  if (images.pixels.length !== count * width * height) {
    throw new RangeError(
      `Drawing a sheet: ${count} images of ${width}x${height} have ${count * width * height} ` +
        `pixels, found ${images.pixels.length}.`,
    );
  }
}
