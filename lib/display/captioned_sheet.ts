/** Draws a sheet of images that have captions. */
import { Buffer } from "node:buffer";
import sharp from "sharp";
import type { ByteImages } from "../images.ts";
import { houseStyle, renderSvg } from "./charts.ts";
import { escapeHtml } from "./escape_html.ts";

export interface CaptionedSheetOptions {
  readonly title: string;
  readonly captions: readonly string[];
  /** Number of images per row; default 8. */
  readonly columns?: number;
}

const IMAGE = 64;
const CAPTION = 18;
const GAP = 14;
const HEADER = 34;

/**
 * Draws images row by row. Each image has its caption below it.
 *
 * @returns the bytes of a PNG file
 * @throws {RangeError} if the number of captions differs from the number of images
 */
export async function drawCaptionedSheet(
  images: ByteImages,
  { title, captions, columns = 8 }: CaptionedSheetOptions,
): Promise<Uint8Array> {
  if (captions.length !== images.count) {
    throw new RangeError(
      `Drawing a sheet: wanted a caption for each of ${images.count} images, found ${captions.length}.`,
    );
  }
  const width = GAP + columns * (IMAGE + GAP);
  const rows = Math.ceil(images.count / columns);
  const height = HEADER + rows * (IMAGE + CAPTION + GAP) + GAP;
  const cells = await Promise.all(
    captions.map((caption, i) => drawCell(images, i, caption, columns)),
  );
  const svg =
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" font-family="${houseStyle.font}">` +
    `<rect width="100%" height="100%" fill="white"/>` +
    `<text x="${GAP}" y="22" font-size="13" ` +
    `font-weight="bold">${escapeHtml(title)}</text>${cells.join("")}</svg>`;
  return renderSvg(svg, 2);
}

async function drawCell(
  images: ByteImages,
  i: number,
  caption: string,
  columns: number,
): Promise<string> {
  const size = images.width * images.height;
  const png = await sharp(images.pixels.subarray(i * size, (i + 1) * size), {
    raw: { width: images.width, height: images.height, channels: 1 },
  }).png().toBuffer();
  const x = GAP + (i % columns) * (IMAGE + GAP);
  const y = HEADER + Math.floor(i / columns) * (IMAGE + CAPTION + GAP);
  const data = `data:image/png;base64,${Buffer.from(png).toString("base64")}`;
  return `<image x="${x}" y="${y}" width="${IMAGE}" height="${IMAGE}" image-rendering="optimizeSpeed" href="${data}"/>` +
    `<text x="${x + IMAGE / 2}" y="${y + IMAGE + 13}" font-size="11" ` +
    `text-anchor="middle">${escapeHtml(caption)}</text>`;
}
