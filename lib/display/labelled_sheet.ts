/** Draws a sheet of images whose rows and columns have labels. */
import { Buffer } from "node:buffer";
import sharp from "sharp";
import type { ByteImages } from "../images.ts";
import { houseStyle, renderSvg } from "./charts.ts";
import { escapeHtml } from "./escape_html.ts";
import { drawSheet } from "./sheets.ts";

export interface LabelledSheetOptions {
  readonly columns: readonly string[];
  /** One label for each row. By default, the rows have no labels. */
  readonly rows?: readonly string[];
  readonly title?: string;
  /** Number of picture pixels per image pixel, in each direction; default 3. */
  readonly scale?: number;
}

const GAP = 6;
const TEXT = 22;
const ROW_LABEL = 84;

/**
 * Number of shades of grey in the picture. With more shades, the file would be twice the size, but
 * the picture would look the same.
 */
const SHADES = 16;

/**
 * Draws images row by row, with a label above each column and, if row labels are given, beside each
 * row.
 *
 * @returns the bytes of a PNG file in 16 shades of grey
 * @throws {RangeError} if the images do not exactly fill the rows
 */
export async function drawLabelledSheet(
  images: ByteImages,
  { columns, rows, title, scale = 3 }: LabelledSheetOptions,
): Promise<Uint8Array> {
  const rowCount = images.count / columns.length;
  if (!Number.isInteger(rowCount) || (rows && rows.length !== rowCount)) {
    throw new RangeError(
      `Drawing a sheet: wanted images for ${rows?.length ?? "whole"} rows of ${columns.length}, ` +
        `found ${images.count}.`,
    );
  }
  const sheet = await drawSheet(images, {
    ...{ columns: columns.length, scale, gap: GAP, background: 255 },
  });
  const left = rows ? ROW_LABEL : 0;
  const top = (title === undefined ? 0 : TEXT + GAP) + TEXT;
  const [across, down] = [images.width * scale + GAP, images.height * scale + GAP];
  const width = left + columns.length * across + GAP;
  const height = top + rowCount * down + GAP;
  const svg = [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" ` +
    `font-family="${houseStyle.font}" font-size="15"><rect width="100%" height="100%" fill="white"/>`,
    title === undefined ? "" : text(title, GAP, TEXT - 2, 'font-weight="bold"'),
    ...columns.map((label, i) =>
      text(label, left + GAP + (i + 0.5) * across - GAP / 2, top - 4, 'text-anchor="middle"')
    ),
    ...(rows ?? []).map((label, i) =>
      text(label, left - 2, top + GAP + (i + 0.5) * down, 'text-anchor="end"')
    ),
    `<image x="${left}" y="${top}" image-rendering="optimizeSpeed" ` +
    `href="data:image/png;base64,${Buffer.from(sheet).toString("base64")}"/></svg>`,
  ].join("");
  return await reduceShades(renderSvg(svg, 1));
}

function text(label: string, x: number, y: number, style: string): string {
  return `<text x="${x}" y="${y}" ${style}>${escapeHtml(label)}</text>`;
}

async function reduceShades(png: Uint8Array): Promise<Uint8Array> {
  const { data, info: { width, height } } = await sharp(png).greyscale().raw()
    .toBuffer({ resolveWithObject: true });
  const step = 255 / (SHADES - 1);
  const pixels = data.map((shade) => Math.round(Math.round(shade / step) * step));
  return await sharp(pixels, { raw: { width, height, channels: 1 } })
    .toColourspace("b-w").png({ palette: true, colours: SHADES, dither: 0, effort: 10 }).toBuffer();
}
