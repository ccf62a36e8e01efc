import sharp from "sharp";
import { randomStream } from "../../lib/random.ts";

export interface Photograph {
  /** Degrees, clockwise. */
  readonly rotation?: number;
  /** Standard deviation in pixels of the picture. */
  readonly blur?: number;
  /** Standard deviation in shades from 0 to 255. */
  readonly noise?: number;
  /**
   * The fraction of light missing in the lower right corner. The upper left corner has full light.
   */
  readonly shadow?: number;
  /** Height and width in pixels; default: unchanged. */
  readonly side?: number;
  /** The quality of a JPEG; default: PNG. */
  readonly quality?: number;
}

export async function photograph(
  file: Uint8Array,
  { rotation = 0, blur = 0, noise = 0, shadow = 0, side, quality }: Photograph,
): Promise<Uint8Array> {
  const { dominant } = await sharp(file).stats();
  const background = { r: dominant.r, g: dominant.g, b: dominant.b };
  // A sharp pipeline always resizes before it rotates, so each step has its own.
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
    // The sum of twelve uniform numbers, less six, is close to normal.
    let normal = -6;
    if (noise > 0) { for (let i = 0; i < 12; i++) normal += stream.uniform(); }
    const change = noise > 0 ? noise * normal : 0;
    for (let channel = 0; channel < channels; channel++) {
      pixels[at * channels + channel] = data[at * channels + channel] * light + change;
    }
  }
  const picture = sharp(pixels, { raw: { width, height, channels } });
  // Noise doesn't compress, so a low level saves time.
  const written = quality === undefined
    ? picture.png({ compressionLevel: 1 })
    : picture.jpeg({ quality });
  return await written.toBuffer();
}
