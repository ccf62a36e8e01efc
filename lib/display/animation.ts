/** Joins pictures into a lossless animated WebP. */
import sharp from "sharp";

export interface AnimationOptions {
  /** How long each frame except the last is shown, in milliseconds. */
  readonly delayMs: number;
  /** Milliseconds for which the last frame is shown before the animation repeats. */
  readonly lastDelayMs: number;
}

/**
 * Joins frames into an animation that repeats endlessly.
 *
 * @param frames PNG files of one size
 * @returns the bytes of a WebP file
 * @throws {RangeError} if there are no frames, or their sizes differ
 */
export async function animate(
  frames: readonly Uint8Array[],
  options: AnimationOptions,
): Promise<Uint8Array> {
  await requireOneSize(frames);
  const delay = frames.map((_, i) =>
    i === frames.length - 1 ? options.lastDelayMs : options.delayMs
  );
  // Given an array of one frame, sharp makes a still picture. A single frame is therefore written
  // without the options for animations.
  if (frames.length === 1) {
    return await sharp(frames[0]).webp({ lossless: true }).toBuffer();
  }
  return await sharp([...frames], { join: { animated: true } })
    .webp({ lossless: true, loop: 0, delay })
    .toBuffer();
}

/**
 * Checks that all frames have the same size, and returns this size in pixels.
 *
 * @throws {RangeError} if there are no frames, or their sizes differ
 */
export async function requireOneSize(
  frames: readonly Uint8Array[],
): Promise<{ readonly width: number; readonly height: number }> {
  if (frames.length === 0) {
    throw new RangeError("An animation needs at least one frame; found none.");
  }
  const sizes = new Set<string>();
  for (const frame of frames) {
    const { width, height } = await sharp(frame).metadata();
    sizes.add(`${width}x${height}`);
  }
  if (sizes.size > 1) {
    throw new RangeError(
      `An animation needs frames of one size; found ${[...sizes].join(" and ")}.`,
    );
  }
  const { width, height } = await sharp(frames[0]).metadata();
  return { width, height };
}
