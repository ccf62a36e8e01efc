/**
 * Reads a folder of PNG and JPEG files, whose images must all have the same size. Subfolders are
 * ignored.
 */
import sharp from "sharp";
import { EvaluationError } from "../evaluation_error.ts";
import type { ImageSet } from "./image_set.ts";

const extensions = /\.(png|jpe?g)$/i;
/** The formats that are accepted. The format of a file need not match its extension. */
const formats: readonly string[] = ["png", "jpeg"];
/** Maximum number of pixels in an image: 4096 x 4096. */
const MOST_PIXELS = 2 ** 24;
/**
 * Up to this number of pixels, any compression ratio is accepted, because an image of a single
 * shade takes up only a few bytes.
 */
const FREE_PIXELS = 2 ** 20;
/**
 * Maximum number of pixels per byte of a file, for images that have more pixels than {@linkcode
 * FREE_PIXELS}. Decoding a file that claims to contain more pixels could use up all available
 * memory.
 */
const MOST_EXPANSION = 64;

/** A decoded image. */
export interface DecodedImage {
  readonly height: number;
  readonly width: number;
  readonly channels: 1 | 3;
  /** Values of the pixels, with the shape `[height, width, channels]`. */
  readonly pixels: Uint8Array;
}

/**
 * Opens a folder of images. The files are sorted by name, and each file is read only when its image
 * is needed. The first file determines whether the set is gray or coloured. If the set is coloured,
 * then gray images get three equal channels.
 *
 * @throws {EvaluationError} when the folder contains no image files, or the first image cannot be
 * read; `read` throws the same error when an image cannot be read or does not match the first image
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
  const paths = files.map((file) => `${folder}/${file}`);
  const first = await decodeFile(paths[0]);
  const size = first.height * first.width * first.channels;
  return {
    name: folder,
    count: files.length,
    height: first.height,
    width: first.width,
    channels: first.channels,
    async read(from, count) {
      const pixels = new Uint8Array(count * size);
      for (let i = 0; i < count; i++) {
        const path = paths[from + i];
        pixels.set(fit(await decodeFile(path), first, path), i * size);
      }
      return pixels;
    },
  };
}

function fit(
  { height, width, channels, pixels }: DecodedImage,
  first: DecodedImage,
  path: string,
): Uint8Array {
  const refuse = (wanted: string, found: string) =>
    new EvaluationError(
      `${path}: wanted ${wanted} like the folder's first image, found ${found}.`,
    );
  if (height !== first.height || width !== first.width) {
    throw refuse(
      `${first.width}x${first.height} pixels`,
      `${width}x${height}`,
    );
  }
  if (channels === first.channels) return pixels;
  if (channels === 1) {
    return Uint8Array.from(
      { length: 3 * pixels.length },
      (_, i) => pixels[Math.floor(i / 3)],
    );
  }
  const gray = pixels.filter((_, i) => i % 3 === 0);
  if (pixels.some((value, i) => value !== gray[Math.floor(i / 3)])) {
    throw refuse("shades of gray", "colours");
  }
  return gray;
}

async function decodeFile(path: string): Promise<DecodedImage> {
  return await decodeImage(await Deno.readFile(path), path);
}

/**
 * Decodes a PNG or JPEG file. Transparent parts become black, like MNIST's background.
 *
 * @param name the file's name, for error messages
 * @throws {EvaluationError} when the bytes are not a complete PNG or JPEG file, or the image has
 * more than 4096 x 4096 pixels
 */
export async function decodeImage(
  bytes: Uint8Array,
  name: string,
): Promise<DecodedImage> {
  try {
    // By default, sharp accepts truncated files and fills the missing part with gray.
    const options = {
      failOn: "warning",
      limitInputPixels: MOST_PIXELS,
    } as const;
    const { format, width, height, channels } = await sharp(bytes, options)
      .metadata();
    if (!formats.includes(format)) throw new Error(`it is ${format}`);
    if (
      height * width > Math.max(FREE_PIXELS, MOST_EXPANSION * bytes.length)
    ) {
      throw new Error(
        `${bytes.length} bytes are too few for the ${width} x ${height} pixels that it claims`,
      );
    }
    const { data, info } = await sharp(bytes, options)
      .flatten({ background: "black" })
      .toColourspace(channels <= 2 ? "b-w" : "srgb")
      .raw({ depth: "uchar" })
      .toBuffer({ resolveWithObject: true });
    return {
      height: info.height,
      width: info.width,
      channels: info.channels as 1 | 3,
      pixels: new Uint8Array(data.buffer, data.byteOffset, data.length),
    };
  } catch (cause) {
    const problem = cause instanceof Error ? cause.message : String(cause);
    throw new EvaluationError(
      `${name}: wanted a PNG or JPEG file of at most 4096 x 4096 pixels; found one that can't be read (${problem}).`,
      { cause },
    );
  }
}
