/** A folder of PNG and JPEG files as a set of images. */
import sharp from "sharp";
import { EvaluationError } from "../evaluation_error.ts";
import type { ImageSet } from "../image_set.ts";

const MOST_PIXELS = 4096 * 4096;
const extensions = /\.(png|jpe?g)$/i;

/**
 * Opens a folder. Files are taken in the order of their names, read when they are asked for, and have to be of one size.
 *
 * @throws {EvaluationError} when there is none, or one that cannot be read or has another size
 */
export async function openImageFolder(folder: string): Promise<ImageSet> {
  const files: string[] = [];
  for await (const { name, isDirectory } of Deno.readDir(folder)) {
    if (!isDirectory && extensions.test(name)) files.push(name);
  }
  if (files.length === 0) {
    throw new EvaluationError(
      `${folder}: wanted a folder with PNG or JPEG files, found none in it.`,
    );
  }
  files.sort();
  const first = await decode(`${folder}/${files[0]}`);
  const { height, width, channels } = first;
  return {
    name: folder,
    count: files.length,
    height,
    width,
    channels,
    async read(from, count) {
      const size = height * width * channels;
      const pixels = new Uint8Array(count * size);
      for (let i = 0; i < count; i++) {
        const path = `${folder}/${files[from + i]}`;
        const image = await decode(path, channels);
        if (image.height !== height || image.width !== width) {
          throw new EvaluationError(
            `${path}: wanted ${width}x${height} pixels as ${
              files[0]
            } has, found ${image.width}x${image.height}.`,
          );
        }
        pixels.set(image.pixels, i * size);
      }
      return pixels;
    },
  };
}

interface Decoded {
  readonly pixels: Uint8Array;
  readonly height: number;
  readonly width: number;
  readonly channels: 1 | 3;
}

/** Transparency is laid on black; images are gray where the file is, unless colour is asked for. */
async function decode(path: string, wanted?: 1 | 3): Promise<Decoded> {
  const bytes = await Deno.readFile(path);
  try {
    const image = sharp(bytes, { limitInputPixels: MOST_PIXELS });
    const { channels: found = 3, hasAlpha = false } = await image.metadata();
    const channels = wanted ?? (found - Number(hasAlpha) === 1 ? 1 : 3);
    const { data, info } = await image
      .flatten({ background: "black" })
      .toColourspace(channels === 1 ? "b-w" : "srgb")
      .raw()
      .toBuffer({ resolveWithObject: true });
    const pixels = new Uint8Array(data);
    return { pixels, height: info.height, width: info.width, channels };
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    throw new EvaluationError(
      `${path}: wanted a PNG or JPEG file, found one that can't be read: ${message}`,
      { cause },
    );
  }
}
