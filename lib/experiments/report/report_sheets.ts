/**
 * Draws a picture of generated digits for a grid. Each row of the grid has one strip of digits per
 * seed, drawn from the first latents of that run. Runs with the same seed share these latents, but
 * each network turns a latent into a different digit.
 */
import { Buffer } from "node:buffer";
import sharp from "sharp";
import { houseStyle, renderSvg } from "../../display/charts.ts";
import { escapeHtml } from "../../display/escape_html.ts";
import { folderOf } from "../cells/cells.ts";
import type { GatheredGrid } from "./gather.ts";

/**
 * The size of a strip in pixels. A strip is the top row of digits in the cell's picture sheet.png.
 */
const STRIP = { width: 466, height: 60 };
const LABEL = 190;
const GAP = 10;
const HEADER = 34;

/**
 * Draws the strips of all rows that have finished cells.
 *
 * @returns the bytes of a PNG file
 */
export async function drawStrips(
  { title, rows }: GatheredGrid,
  root: string,
): Promise<Uint8Array> {
  const whole = rows.filter(({ cells }) => cells.length > 0);
  const seeds = Math.max(...whole.map(({ cells }) => cells.length));
  const width = LABEL + seeds * (STRIP.width + GAP);
  const height = HEADER + whole.length * (STRIP.height + GAP);
  const pieces = await Promise.all(whole.map(async ({ label, cells }, row) => {
    const y = HEADER + row * (STRIP.height + GAP);
    const strips = await Promise.all(
      cells.map(async ({ cell }, i) => {
        const x = LABEL + i * (STRIP.width + GAP);
        const href = await stripOf(`${folderOf(root, cell)}/sheet.png`);
        return `<image x="${x}" y="${y}" width="${STRIP.width}" height="${STRIP.height}" href="${href}"/>`;
      }),
    );
    return `<text x="${GAP}" y="${y + STRIP.height / 2 + 4}" ` +
      `font-size="12">${escapeHtml(label)}</text>${strips.join("")}`;
  }));
  const svg =
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" font-family="${houseStyle.font}">` +
    `<rect width="100%" height="100%" fill="white"/>` +
    `<text x="${GAP}" y="22" font-size="15" font-weight="bold">${escapeHtml(title)}: eight ` +
    `digits of each seed</text>${pieces.join("")}</svg>`;
  return renderSvg(svg, 1);
}

async function stripOf(sheet: string): Promise<string> {
  const png = await sharp(sheet).extract({ left: 0, top: 0, ...STRIP }).png()
    .toBuffer();
  return `data:image/png;base64,${Buffer.from(png).toString("base64")}`;
}
