/** Images to be judged, wherever they come from, handed out in parts. */
import { createHash } from "node:crypto";
import type { ByteImages } from "../../images.ts";

/** What images show, so that it can be found again. */
export interface Subject {
  /**
   * Of a run's generator the place within the run's folder, such as `models/average`; else the path
   * that was given.
   */
  readonly path: string;
  /** SHA-256 of the generator's weights, or else of the images. */
  readonly hash?: string;
}

/** A set of images that is read part by part, so that it need not fit into memory. */
export interface ImageSet {
  /** What the images are, for tables and messages. */
  readonly name: string;
  /** What they are in records, where `name` says more than that, or less. */
  readonly subject?: Subject;
  /** How many images there are. */
  readonly count: number;
  /** Rows of an image. */
  readonly height: number;
  /** Pixels in a row. */
  readonly width: number;
  /** 1 for gray images, 3 for RGB. */
  readonly channels: 1 | 3;
  /** Bytes 0..255 of the images from `from` on, `[count, height, width, channels]`. */
  read(from: number, count: number): Promise<Uint8Array>;
}

/** A set of images in memory. */
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

/** Images of one channel as a set. */
export function setOf(name: string, images: ByteImages): ImageSet {
  const { pixels, count, height, width } = images;
  return imagesInMemory(name, pixels, [count, height, width, 1]);
}

/**
 * Some images of a set, in the order of `rows`.
 *
 * @param rows indices below the set's count
 */
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
 * The images in one channel: of three channels the luminance (ITU-R 601, in Pillow's whole
 * numbers), which of gray images is the gray.
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

/** Images read at once where all of a set are gone through. */
const PART = 1000;

/** SHA-256 of the images: their size, and every byte. */
export async function hashImages(set: ImageSet): Promise<string> {
  const { count, height, width, channels } = set;
  const hash = createHash("sha256");
  hash.update(`${count} ${height} ${width} ${channels}\n`);
  for (let from = 0; from < count; from += PART) {
    hash.update(await set.read(from, Math.min(PART, count - from)));
  }
  return hash.digest("hex");
}

/** All images, of one channel, in memory. */
export async function toByteImages(set: ImageSet): Promise<ByteImages> {
  const { count, height, width } = set;
  const pixels = await set.read(0, count);
  return { pixels, count, height, width, range: "0..255" };
}
