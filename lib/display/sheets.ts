/** Draws contact sheets: many small images in one picture. */
import sharp from "sharp";
import type { ByteImages } from "../images.ts";

export interface SheetOptions {
  readonly columns?: number;
  /** Number of sheet pixels per image pixel, in each direction. */
  readonly scale?: number;
  /** Pixels between images and around them. */
  readonly gap?: number;
  /** Shade of the gaps and of empty places, 0 to 255. */
  readonly background?: number;
}

/**
 * Draws images row by row on a sheet.
 *
 * @returns the bytes of a grayscale PNG file
 * @throws {RangeError} when there are no images or a size is not a positive whole number
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

/**
 * Reads the images of a sheet that {@linkcode drawSheet} drew with the same options.
 *
 * @throws {RangeError} when the picture is too small for that many images
 */
export async function readSheet(
  file: Uint8Array,
  { count, height, width }: Pick<ByteImages, "count" | "height" | "width">,
  { columns = 8, scale = 2, gap = 2 }: Omit<SheetOptions, "background"> = {},
): Promise<ByteImages> {
  const { data, info } = await sharp(file).extractChannel(0).raw()
    .toBuffer({ resolveWithObject: true });
  const [across, down] = [width, height].map((side) => side * scale + gap);
  const rows = Math.ceil(count / columns);
  if (info.width < Math.min(columns, count) * across + gap || info.height < rows * down + gap) {
    throw new RangeError(
      `Reading a sheet: wanted ${count} images of ${width}x${height} in ${columns} columns, ` +
        `found a picture of ${info.width}x${info.height}.`,
    );
  }
  const pixels = Uint8Array.from({ length: count * height * width }, (_, at) => {
    const [x, y] = [at % width, Math.floor(at / width) % height];
    const image = Math.floor(at / (width * height));
    const left = gap + (image % columns) * across + x * scale;
    return data[(gap + Math.floor(image / columns) * down + y * scale) * info.width + left];
  });
  return { pixels, count, height, width, range: "0..255" };
}

function layOut(
  images: ByteImages,
  options: SheetOptions,
): { pixels: Uint8Array; width: number; height: number } {
  const { columns = 8, scale = 2, gap = 2, background = 64 } = options;
  requireSizes(images, { columns, scale });
  const cell = {
    width: images.width * scale + gap,
    height: images.height * scale + gap,
  };
  const width = Math.min(columns, images.count) * cell.width + gap;
  const height = Math.ceil(images.count / columns) * cell.height + gap;
  const pixels = new Uint8Array(width * height).fill(background);
  for (let image = 0; image < images.count; image++) {
    const left = gap + (image % columns) * cell.width;
    const top = gap + Math.floor(image / columns) * cell.height;
    const from = image * images.width * images.height;
    for (let y = 0; y < images.height * scale; y++) {
      const row = from + Math.floor(y / scale) * images.width;
      const to = (top + y) * width + left;
      for (let x = 0; x < images.width * scale; x++) {
        pixels[to + x] = images.pixels[row + Math.floor(x / scale)];
      }
    }
  }
  return { pixels, width, height };
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
