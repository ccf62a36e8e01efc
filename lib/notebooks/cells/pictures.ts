/** Creates pictures for a notebook: sheets of images, the diagram of a GAN, and PNG files. */
import sharp from "sharp";
import { animatePng } from "../../display/animated_png.ts";
import type { AnimationOptions } from "../../display/animation.ts";
import { drawGanDiagram, type GanDiagramWords } from "../../display/gan_diagram.ts";
import { drawSheet, type SheetOptions } from "../../display/sheets.ts";
import type { ByteImages } from "../../images.ts";
import type { Exhibit } from "./broadcast.ts";

/**
 * Number of pixels in a chart's picture for each pixel on the page, in each direction. A value
 * above 1 keeps the picture sharp on high-resolution screens.
 */
export const SCALE = 2;

/** A width in pixels that fits into every JupyterLab window. */
const PAGE = 900;

/**
 * Returns a sheet of images as a PNG exhibit. By default, the images are enlarged by a factor of
 * two to four, so that the sheet fills the page's width.
 */
export async function sheet(
  images: ByteImages,
  options: SheetOptions = {},
): Promise<Exhibit> {
  const { columns = 8, gap = 2 } = options;
  const across = Math.floor((PAGE / Math.min(columns, images.count) - gap) / images.width);
  const scale = Math.min(4, Math.max(2, across));
  const png = await drawSheet(images, { scale, ...options });
  const { count, height, width } = images;
  return {
    data: {
      "image/png": png.toBase64(),
      "text/plain": `${count} images of ${height}x${width}`,
    },
    metadata: { "image/png": { width: readWidth(png) } },
  };
}

/** Returns a PNG file as an exhibit. */
export function picture(png: Uint8Array, description: string): Exhibit {
  return {
    data: { "image/png": png.toBase64(), "text/plain": description },
    metadata: { "image/png": { width: readWidth(png) } },
  };
}

export interface AnimatedPictureOptions extends AnimationOptions {
  /** Indices of the frames to show, counted from 0. */
  readonly frames: readonly number[];
}

/**
 * Returns frames of an animated WebP as an animated PNG, a format that every notebook viewer shows.
 */
export async function animatedPicture(
  webp: Uint8Array,
  description: string,
  { frames, ...timing }: AnimatedPictureOptions,
): Promise<Exhibit> {
  const pictures = await Array.fromAsync(
    frames,
    async (page) => new Uint8Array(await sharp(webp, { page }).png().toBuffer()),
  );
  return picture(await animatePng(pictures, timing), description);
}

/** Returns a diagram of a GAN that generates points or images. */
export async function ganDiagram(words: GanDiagramWords): Promise<Exhibit> {
  const png = await reduceColours(drawGanDiagram(words));
  const { data } = picture(png, "Diagram: noise, generator, discriminator; the updates of a step");
  return { data, metadata: { "image/png": { width: Math.round(readWidth(png) / SCALE) } } };
}

/**
 * Reduces a picture to 128 colours. For a map of a discriminator's answers, this shrinks the PNG
 * file to a third of its size.
 */
export function reduceColours(png: Uint8Array): Promise<Uint8Array> {
  return sharp(png).png({ palette: true, colours: 128, dither: 0, effort: 10 }).toBuffer();
}

/** Reads a picture's width in pixels from the header of its PNG file. */
export function readWidth(png: Uint8Array): number {
  return new DataView(png.buffer, png.byteOffset).getUint32(16);
}
