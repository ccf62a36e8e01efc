/** Creates charts for a notebook. Each chart has several forms, so that every page can show it. */
import { animatePng } from "../../display/animated_png.ts";
import type { AnimationOptions } from "../../display/animation.ts";
import { type ChartSpec, houseStyle, renderChart } from "../../display/charts.ts";
import type { Exhibit } from "./broadcast.ts";
import { picture as pictureOf, readWidth, reduceColours, SCALE } from "./pictures.ts";

/**
 * The version of Vega-Lite that a chart claims to be made for. Notebook viewers support only
 * version 5, but they also draw charts made for version 6 if these charts claim to be made for
 * version 5.
 */
const VEGA_LITE = {
  type: "application/vnd.vegalite.v5+json",
  schema: "https://vega.github.io/schema/vega-lite/v5.json",
};

export interface ChartOptions {
  /** Whether to add a picture, for pages that cannot draw Vega-Lite charts; default true. */
  readonly picture?: boolean;
  /**
   * Whether to reduce the picture to 128 colours; default false. For a map of a discriminator's
   * answers, this shrinks the PNG file to a third of its size.
   */
  readonly fewColours?: boolean;
}

/**
 * Returns a chart in three forms: a Vega-Lite specification, a picture and a line of text.
 *
 * @param spec a specification with inline data (not a URL); its title becomes the line of text
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

/**
 * Returns an animated PNG that shows charts one after another. Pages that do not support animation
 * show the last chart.
 */
export async function animation(
  frames: readonly ChartSpec[],
  options: AnimationOptions,
): Promise<Exhibit> {
  const pictures: Uint8Array[] = [];
  for (const frame of frames) pictures.push(await renderChart(frame, { scale: 1 }));
  const png = await animatePng(pictures, options);
  return pictureOf(png, `Animation of ${frames.length} charts: ${titleOf(frames[0])}`);
}

function titleOf({ title }: ChartSpec): string {
  const text = typeof title === "object" && title !== null && "text" in title ? title.text : title;
  return text === undefined ? "without a title" : [text].flat().join(" ");
}
