/**
 * Creates things to show in a notebook: charts, sheets of images, formatted text. Each has a form
 * for every kind of page.
 */
import { type ChartSpec, houseStyle, renderChart } from "../../display/charts.ts";
import { drawSheet, type SheetOptions } from "../../display/sheets.ts";
import type { ByteImages } from "../../images.ts";
import type { Exhibit } from "./broadcast.ts";

/**
 * Pages know Vega-Lite up to version 5. They also draw specifications for version 6 that claim to
 * be for 5.
 */
const VEGA_LITE = {
  type: "application/vnd.vegalite.v5+json",
  schema: "https://vega.github.io/schema/vega-lite/v5.json",
};

/**
 * Pixels of a chart's picture for each pixel on the page, so that it is sharp on high-resolution
 * screens.
 */
const SCALE = 2;

export interface ChartOptions {
  /** Whether to make a picture too, for pages that do not draw Vega-Lite; default true. */
  readonly picture?: boolean;
}

/**
 * Returns a chart as a Vega-Lite specification, as a picture and as a line of text.
 *
 * @param spec a Vega-Lite specification that contains its data; its title is the line of text
 */
export async function chart(
  spec: ChartSpec,
  { picture = true }: ChartOptions = {},
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
  const png = await renderChart(spec, { scale: SCALE });
  const width = Math.round(readWidth(png) / SCALE);
  return {
    data: { ...exhibit.data, "image/png": png.toBase64() },
    metadata: { "image/png": { width } },
  };
}

/** Returns images on a sheet, as a PNG. */
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

/** Returns a PNG file. */
export function picture(png: Uint8Array, description: string): Exhibit {
  return {
    data: { "image/png": png.toBase64(), "text/plain": description },
    metadata: { "image/png": { width: readWidth(png) } },
  };
}

/**
 * Returns Markdown with inserted values, so that no number in the text can differ from the computed
 * one.
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
 * Returns HTML.
 *
 * @param code trusted HTML, which is not escaped
 * @param plain the same as plain text
 */
export function html(code: string, plain: string): Exhibit {
  return { data: { "text/html": code, "text/plain": plain }, metadata: {} };
}

/** Marks an exhibit that changes with each run, such as a time. Comparisons of runs ignore it. */
export function varying(exhibit: Exhibit): Exhibit {
  return {
    ...exhibit,
    metadata: { ...exhibit.metadata, sudogan: { varies: true } },
  };
}

/**
 * Checks a claim in the text, and returns a line that confirms it.
 *
 * @throws {Error} when the claim does not hold
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

function titleOf({ title }: ChartSpec): string {
  const text = typeof title === "object" && title !== null && "text" in title ? title.text : title;
  return text === undefined ? "without a title" : [text].flat().join(" ");
}

/** Reads the width from a PNG file's header. */
function readWidth(png: Uint8Array): number {
  return new DataView(png.buffer, png.byteOffset).getUint32(16);
}

/** Removes the empty lines around a text and the indentation that all its lines share. */
function dedent(text: string): string {
  const lines = text.replace(/^\s*\n|\n\s*$/g, "").split("\n");
  const indents = lines.filter((line) => line.trim() !== "").map((line) =>
    line.length - line.trimStart().length
  );
  const indent = Math.min(...indents, Infinity);
  return lines.map((line) => line.slice(indent)).join("\n");
}
