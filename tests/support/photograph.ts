import sharp from "sharp";
import { randomStream } from "../../lib/random.ts";

export interface Photograph {
  /** Clockwise rotation in degrees. */
  readonly rotation?: number;
  /** Standard deviation of the blur, in pixels of the picture. */
  readonly blur?: number;
  /** Standard deviation of the noise, in shades from 0 to 255. */
  readonly noise?: number;
  /**
   * Fraction of the light that is missing in the lower right corner. The upper left corner is fully
   * lit.
   */
  readonly shadow?: number;
  /** New height and width in pixels; default: unchanged. */
  readonly side?: number;
  /** Quality of the JPEG file. If this field is missing, then a PNG file is written. */
  readonly quality?: number;
}

export async function photograph(
  file: Uint8Array,
  { rotation = 0, blur = 0, noise = 0, shadow = 0, side, quality }: Photograph,
): Promise<Uint8Array> {
  const { dominant } = await sharp(file).stats();
  const background = { r: dominant.r, g: dominant.g, b: dominant.b };
  // Within one pipeline, sharp always resizes before it rotates. Each step therefore has its own
  // pipeline.
  const sized = side === undefined
    ? file
    : await sharp(file).resize(side, side, { kernel: "cubic" }).png().toBuffer();
  const turned = await sharp(sized).rotate(rotation, { background }).png().toBuffer();
  const soft = blur === 0 ? turned : await sharp(turned).blur(blur).png().toBuffer();
  const { data, info } = await sharp(soft).removeAlpha().raw().toBuffer({
    resolveWithObject: true,
  });
  const stream = randomStream(1, "photograph");
  const { width, height, channels } = info;
  const pixels = new Uint8ClampedArray(data);
  for (let at = 0; at < width * height; at++) {
    const light = 1 - shadow * (at % width + Math.floor(at / width)) / (width + height);
    // The sum of twelve uniform random numbers, minus six, has nearly a normal distribution.
    let normal = -6;
    if (noise > 0) { for (let i = 0; i < 12; i++) normal += stream.uniform(); }
    const change = noise > 0 ? noise * normal : 0;
    for (let channel = 0; channel < channels; channel++) {
      pixels[at * channels + channel] = data[at * channels + channel] * light + change;
    }
  }
  const picture = sharp(pixels, { raw: { width, height, channels } });
  // Noise can hardly be compressed, so a low compression level saves time.
  const written = quality === undefined
    ? picture.png({ compressionLevel: 1 })
    : picture.jpeg({ quality });
  return await written.toBuffer();
}
