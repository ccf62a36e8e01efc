/**
 * Encodes pictures as an animated PNG. Every notebook viewer shows animated PNGs, at least as a
 * still picture. The package sharp cannot write them, so this file writes the chunks acTL, fcTL and
 * fdAT itself (https://www.w3.org/TR/png-3/).
 */
import { crc32, deflateSync } from "node:zlib";
import sharp from "sharp";
import type { AnimationOptions } from "./animation.ts";
import { requireOneSize } from "./animation.ts";
import { type Indexed, shareColours } from "./share_colours.ts";

/**
 * Joins frames into an animation that repeats endlessly. Viewers that do not support animation show
 * the last frame.
 *
 * @param frames PNG files whose pictures all have the same size
 * @returns the bytes of a PNG file
 * @throws {RangeError} if there are no frames, or the sizes of the frames differ
 */
export async function animatePng(
  frames: readonly Uint8Array[],
  options: AnimationOptions,
): Promise<Uint8Array<ArrayBuffer>> {
  const { width, height } = await requireOneSize(frames);
  const pixels: Uint8Array[] = [];
  for (const frame of frames) {
    pixels.push(await sharp(frame).flatten({ background: "white" }).removeAlpha().raw().toBuffer());
  }
  const { palette, pictures } = shareColours(pixels);
  return join([
    Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a),
    chunk("IHDR", numbers(u32(width), u32(height), [8, PALETTE, 0, 0, 0])),
    chunk("acTL", numbers(u32(frames.length), u32(0))),
    chunk("PLTE", palette),
    ...encodeFrames(pictures, { width, height }, options),
    chunk("IEND", new Uint8Array()),
  ]);
}

interface Size {
  readonly width: number;
  readonly height: number;
}

/** The colour type in a PNG's header that stands for pictures with a palette. */
const PALETTE = 3;

/**
 * Encodes the still picture and then all frames. Frame headers (fcTL) and frame data (fdAT) share a
 * single sequence of numbers.
 */
function encodeFrames(
  pictures: readonly Indexed[],
  size: Size,
  { delayMs, lastDelayMs }: AnimationOptions,
): Uint8Array[] {
  const compressed = pictures.map((picture) => compress(picture, size));
  let sequence = 0;
  return [
    chunk("IDAT", compressed.at(-1)!),
    ...compressed.flatMap((data, i) => {
      const delay = i === pictures.length - 1 ? lastDelayMs : delayMs;
      const place = [size.width, size.height, 0, 0].map(u32);
      const header = numbers(u32(sequence++), ...place, u16(delay), u16(1000), [0, 0]);
      return [chunk("fcTL", header), chunk("fdAT", join([numbers(u32(sequence++)), data]))];
    }),
  ];
}

/**
 * Compresses a picture's rows. Each row begins with a 0 byte, which means that no filter is
 * applied. For pictures with a palette, this gives the smallest files.
 */
function compress(picture: Indexed, { width, height }: Size): Uint8Array {
  const rows = new Uint8Array(height * (width + 1));
  for (let y = 0; y < height; y++) {
    rows.set(picture.subarray(y * width, (y + 1) * width), y * (width + 1) + 1);
  }
  return deflateSync(rows, { level: 9 });
}

function chunk(type: string, data: Uint8Array): Uint8Array {
  const body = join([new TextEncoder().encode(type), data]);
  return join([numbers(u32(data.length)), body, numbers(u32(crc32(body)))]);
}

const u32 = (value: number) => [value >>> 24, value >>> 16 & 255, value >>> 8 & 255, value & 255];
const u16 = (value: number) => [value >>> 8, value & 255];
const numbers = (...bytes: readonly (readonly number[])[]) => Uint8Array.from(bytes.flat());

function join(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
