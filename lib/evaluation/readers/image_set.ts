import { createHash } from "node:crypto";
import type { ByteImages } from "../../images.ts";

/** Identifies the source of a set of images. */
export interface Subject {
  /**
   * The path that the user gave. For a run, it is the path of the generator within the run's
   * folder, such as `models/average`.
   */
  readonly path: string;
  /**
   * SHA-256 of the generator's weights. If the images do not come from a generator, then it is the
   * SHA-256 of the images.
   */
  readonly hash?: string;
}

/** A set of images from any source. The images are read in parts to save memory. */
export interface ImageSet {
  /** Name of the images, for tables and messages. */
  readonly name: string;
  /**
   * Source of the images, which is saved with an evaluation. If undefined, then `name` identifies
   * the images.
   */
  readonly subject?: Subject;
  /** Number of images. */
  readonly count: number;
  /** Height of an image in pixels. */
  readonly height: number;
  /** Width of an image in pixels. */
  readonly width: number;
  /** Number of channels: 1 for gray images, 3 for RGB images. */
  readonly channels: 1 | 3;
  /**
   * Reads `count` images, beginning with the image at index `from`. Returns bytes from 0 to 255
   * with the shape `[count, height, width, channels]`.
   */
  read(from: number, count: number): Promise<Uint8Array>;
}

/** Creates a set from pixels in memory. */
export function imagesInMemory(
  name: string,
  pixels: Uint8Array,
  [count, height, width, channels]: readonly [number, number, number, 1 | 3],
): ImageSet {
  const size = height * width * channels;
  return {
    name,
    count,
    height,
    width,
    channels,
    read: (from, count) => Promise.resolve(pixels.subarray(from * size, (from + count) * size)),
  };
}

/** Creates a set from gray images in memory. */
export function setOf(name: string, images: ByteImages): ImageSet {
  const { pixels, count, height, width } = images;
  return imagesInMemory(name, pixels, [count, height, width, 1]);
}

/** Returns a set with just the images at the given indices in `set`. */
export function selectFromSet(
  set: ImageSet,
  rows: ArrayLike<number>,
  name = set.name,
): ImageSet {
  const size = set.height * set.width * set.channels;
  return {
    ...set,
    name,
    count: rows.length,
    async read(from, count) {
      const pixels = new Uint8Array(count * size);
      for (let i = 0; i < count; i++) {
        pixels.set(await set.read(rows[from + i], 1), i * size);
      }
      return pixels;
    },
  };
}

/**
 * Converts the images of a set to gray. Each colour becomes its luminance (ITU-R 601, computed with
 * Pillow's integer weights). Gray pixels keep their shade.
 */
export function toGray(set: ImageSet): ImageSet {
  if (set.channels === 1) return set;
  return {
    ...set,
    channels: 1,
    async read(from, count) {
      const rgb = await set.read(from, count);
      return Uint8Array.from({ length: rgb.length / 3 }, (_, i) => {
        const [r, g, b] = rgb.subarray(3 * i, 3 * i + 3);
        return (r * 19595 + g * 38470 + b * 7471 + 0x8000) >> 16;
      });
    },
  };
}

/** Number of images to read at once. */
const PART = 1000;

/** Returns a SHA-256 hash that covers the number of images, their size and their pixels. */
export async function hashImages(set: ImageSet): Promise<string> {
  const { count, height, width, channels } = set;
  const hash = createHash("sha256");
  hash.update(`${count} ${height} ${width} ${channels}\n`);
  for (let from = 0; from < count; from += PART) {
    hash.update(await set.read(from, Math.min(PART, count - from)));
  }
  return hash.digest("hex");
}

/** Reads a set of gray images into memory. */
export async function toByteImages(set: ImageSet): Promise<ByteImages> {
  const { count, height, width } = set;
  const pixels = await set.read(0, count);
  return { pixels, count, height, width, range: "0..255" };
}
