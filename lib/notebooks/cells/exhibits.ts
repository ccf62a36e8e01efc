/**
 * Things to show in a notebook: charts, sheets of images, formatted text. Each has a form for every
 * kind of page.
 */
import sharp from "sharp";
import { animatePng } from "../../display/animated_png.ts";
import type { AnimationOptions } from "../../display/animation.ts";
import { drawGanDiagram, type GanDiagramWords } from "../../display/gan_diagram.ts";
import { type ChartSpec, houseStyle, renderChart } from "../../display/charts.ts";
import { drawSheet, type SheetOptions } from "../../display/sheets.ts";
import type { ByteImages } from "../../images.ts";
import type { Exhibit } from "./broadcast.ts";

/**
 * What pages know is Vega-Lite up to 5; what is written for 6 is drawn there as well when it says
 * that it is 5.
 */
const VEGA_LITE = {
  type: "application/vnd.vegalite.v5+json",
  schema: "https://vega.github.io/schema/vega-lite/v5.json",
};

/** Pixels of a chart's picture for one on the page: sharp on screens of high resolution. */
const SCALE = 2;

export interface ChartOptions {
  /** Whether the picture is made too, for pages that do not draw Vega-Lite; default true. */
  readonly picture?: boolean;
  /** Whether the picture has 128 colours at most, which suits maps: a third of the bytes. */
  readonly fewColours?: boolean;
}

/**
 * A chart, as a Vega-Lite specification, as a picture and as a line of text.
 *
 * @param spec a specification of Vega-Lite with its data in it; its title is the line of text
 */
export async function chart(
  spec: ChartSpec,
  { picture = true, fewColours = false }: ChartOptions = {},
): Promise<Exhibit> {
  const styled = {
    ...spec,
    $schema: VEGA_LITE.schema,
    config: { ...houseStyle, ...spec.config },
  };
  const exhibit = {
    data: { [VEGA_LITE.type]: styled, "text/plain": `Chart: ${titleOf(spec)}` },
    metadata: {},
  };
  if (!picture) return exhibit;
  const drawn = await renderChart(spec, { scale: SCALE });
  const png = fewColours ? await reduceColours(drawn) : drawn;
  const width = Math.round(readWidth(png) / SCALE);
  return {
    data: { ...exhibit.data, "image/png": png.toBase64() },
    metadata: { "image/png": { width } },
  };
}

/** Images on a sheet, as a PNG. */
export async function sheet(
  images: ByteImages,
  options: SheetOptions = {},
): Promise<Exhibit> {
  const png = await drawSheet(images, options);
  const { count, height, width } = images;
  return {
    data: {
      "image/png": png.toBase64(),
      "text/plain": `${count} images of ${height}x${width}`,
    },
    metadata: { "image/png": { width: readWidth(png) } },
  };
}

/** A PNG file. */
export function picture(png: Uint8Array, description: string): Exhibit {
  return {
    data: { "image/png": png.toBase64(), "text/plain": description },
    metadata: { "image/png": { width: readWidth(png) } },
  };
}

/**
 * Charts one after the other, as a picture that moves: an animated PNG, which every page shows,
 * and which is its last frame where nothing moves.
 */
export async function animation(
  frames: readonly ChartSpec[],
  options: AnimationOptions,
): Promise<Exhibit> {
  const pictures: Uint8Array[] = [];
  for (const frame of frames) pictures.push(await renderChart(frame, { scale: 1 }));
  const png = await animatePng(pictures, options);
  return picture(png, `Animation of ${frames.length} charts: ${titleOf(frames[0])}`);
}

/** The diagram of a GAN that makes points, or images. */
export async function ganDiagram(words: GanDiagramWords): Promise<Exhibit> {
  const png = await reduceColours(drawGanDiagram(words));
  const { data } = picture(png, "Diagram: noise, generator, discriminator; the updates of a step");
  return { data, metadata: { "image/png": { width: Math.round(readWidth(png) / SCALE) } } };
}

/**
 * Markdown with values in it, so that no number in the text can differ from what was computed.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * assertEquals(markdown`A mean of **${1 / 4}**.`.data["text/markdown"], "A mean of **0.25**.");
 * ```
 */
export function markdown(
  strings: TemplateStringsArray,
  ...values: readonly (string | number)[]
): Exhibit {
  const text = dedent(String.raw(strings, ...values));
  return { data: { "text/markdown": text, "text/plain": text }, metadata: {} };
}

/**
 * HTML.
 *
 * @param code trusted: it is not escaped
 * @param plain the same as plain text
 */
export function html(code: string, plain: string): Exhibit {
  return { data: { "text/html": code, "text/plain": plain }, metadata: {} };
}

/**
 * The same, marked as another at each run, as what a clock says is: runs are compared without it.
 */
export function varying(exhibit: Exhibit): Exhibit {
  return {
    ...exhibit,
    metadata: { ...exhibit.metadata, sudogan: { varies: true } },
  };
}

/**
 * A claim of the text, held: a line that says it holds.
 *
 * @throws {Error} when it does not
 *
 * @example
 * ```ts
 * import { assertEquals, assertThrows } from "@std/assert";
 * assertEquals(check("two is even", 2 % 2 === 0), "✓ two is even");
 * assertThrows(() => check("three is even", 3 % 2 === 0), Error, "three is even");
 * ```
 */
export function check(claim: string, holds: boolean): string {
  if (!holds) throw new Error(`✗ This does not hold: ${claim}`);
  return `✓ ${claim}`;
}

/**
 * A claim of the text that holds for the step counts of the outputs that came with the notebook, and
 * is looked at with these only.
 *
 * @example
 * ```ts
 * import { assertEquals, assertThrows } from "@std/assert";
 * assertEquals(checkInFull(false, "all blobs", false), "– all blobs (looked at in full mode)");
 * assertThrows(() => checkInFull(true, "all blobs", false), Error, "all blobs");
 * ```
 */
export function checkInFull(full: boolean, claim: string, holds: boolean): string {
  return full ? check(claim, holds) : `– ${claim} (looked at in full mode)`;
}

function reduceColours(png: Uint8Array): Promise<Uint8Array> {
  return sharp(png).png({ palette: true, colours: 128, dither: 0, effort: 10 }).toBuffer();
}

function titleOf({ title }: ChartSpec): string {
  const text = typeof title === "object" && title !== null && "text" in title ? title.text : title;
  return text === undefined ? "without a title" : [text].flat().join(" ");
}

/** The width that a PNG file's header tells. */
function readWidth(png: Uint8Array): number {
  return new DataView(png.buffer, png.byteOffset).getUint32(16);
}

/**
 * The text without the empty lines around it and without the space that all its lines begin with.
 */
function dedent(text: string): string {
  const lines = text.replace(/^\s*\n|\n\s*$/g, "").split("\n");
  const indents = lines.filter((line) => line.trim() !== "").map((line) =>
    line.length - line.trimStart().length
  );
  const indent = Math.min(...indents, Infinity);
  return lines.map((line) => line.slice(indent)).join("\n");
}
