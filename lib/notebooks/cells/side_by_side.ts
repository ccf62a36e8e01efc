/** Draws pictures side by side, each with its name above it. */
import sharp from "sharp";
import { houseStyle, renderSvg } from "../../display/charts.ts";
import { escapeHtml } from "../../display/escape_html.ts";

/** A picture and its name. */
export interface NamedPicture {
  readonly name: string;
  /** The bytes of an image file, in any format that the package sharp can read. */
  readonly file: Uint8Array;
}

export interface SideBySideOptions {
  /** Side length in pixels of the square into which each picture is fitted; default 400. */
  readonly side?: number;
  /** Number of pictures per row; default 2. */
  readonly columns?: number;
}

const HEAD = 20;
const GAP = 12;

/**
 * Draws pictures row by row. Each picture is fitted into a square.
 *
 * @returns the bytes of a PNG file with at most 64 colours
 */
export async function sideBySide(
  pictures: readonly NamedPicture[],
  { side = 400, columns = 2 }: SideBySideOptions = {},
): Promise<Uint8Array> {
  const cells = await Promise.all(pictures.map(async ({ name, file }, i) => {
    const x = GAP + i % columns * (side + GAP);
    const y = GAP + Math.floor(i / columns) * (side + HEAD + GAP);
    const png = await sharp(file).resize(side, side, { fit: "contain", background: "white" })
      .png().toBuffer();
    const data = `data:image/png;base64,${Uint8Array.from(png).toBase64()}`;
    return `<text x="${x}" y="${y + 13}" font-size="13">${escapeHtml(name)}</text>` +
      `<image x="${x}" y="${y + HEAD}" width="${side}" height="${side}" href="${data}"/>`;
  }));
  const width = GAP + Math.min(columns, pictures.length) * (side + GAP);
  const height = GAP + Math.ceil(pictures.length / columns) * (side + HEAD + GAP);
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" ` +
    `font-family="${houseStyle.font}"><rect width="100%" height="100%" fill="white"/>` +
    `${cells.join("")}</svg>`;
  return await sharp(renderSvg(svg, 1)).png({ palette: true, colours: 64, effort: 10 }).toBuffer();
}
