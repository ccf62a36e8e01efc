/**
 * Renders Vega-Lite specifications to PNG files that are the same on every machine. All text uses
 * the font DejaVu Sans from an npm package, never a system font. On a machine without fonts,
 * letters would otherwise become empty boxes without any error.
 */
import { fileURLToPath } from "node:url";
import { Resvg } from "@resvg/resvg-js";
import { parse, View } from "vega";
import { compile, type TopLevelSpec } from "vega-lite";

export type ChartSpec = TopLevelSpec;

export interface RenderOptions {
  /** Number of picture pixels per chart pixel, in each direction; default 2. */
  readonly scale?: number;
}

const FONT = "DejaVu Sans";

/** The style of a line that marks a value for comparison. */
export const guideLine = { type: "rule", color: "#999", strokeDash: [4, 3] } as const;

/**
 * The style of all charts. Its colours, chosen by Okabe and Ito, can be told apart by colour-blind
 * readers.
 */
export const houseStyle = {
  background: "white",
  font: FONT,
  padding: 12,
  title: {
    anchor: "start",
    fontSize: 15,
    subtitleFontSize: 11,
    subtitleColor: "#555",
    offset: 12,
  },
  view: { stroke: null },
  axis: {
    gridColor: "#e8e8e8",
    domainColor: "#999",
    tickColor: "#999",
    labelFontSize: 11,
    titleFontSize: 12,
  },
  axisX: { grid: false },
  legend: { labelLimit: 0, labelFontSize: 11, titleFontSize: 12 },
  range: {
    category: [
      "#0072b2",
      "#d55e00",
      "#009e73",
      "#cc79a7",
      "#e69f00",
      "#56b4e9",
    ],
  },
} as const;

/** Draws a chart in the style of {@linkcode houseStyle}, and returns the bytes of a PNG file. */
export async function renderChart(
  spec: ChartSpec,
  { scale = 2 }: RenderOptions = {},
): Promise<Uint8Array> {
  const { spec: vegaSpec } = compile(spec, {
    config: { ...houseStyle, ...spec.config } as NonNullable<
      ChartSpec["config"]
    >,
  });
  const view = new View(parse(vegaSpec), { renderer: "none" });
  try {
    return renderSvg(await view.toSVG(), scale);
  } finally {
    view.finalize();
  }
}

/**
 * Draws an SVG, and returns the bytes of a PNG file.
 *
 * @param scale number of picture pixels per SVG pixel, in each direction
 */
export function renderSvg(svg: string, scale: number): Uint8Array {
  const font = {
    fontFiles: fontFiles(),
    loadSystemFonts: false,
    defaultFontFamily: FONT,
  };
  return new Resvg(svg, { font, fitTo: { mode: "zoom", value: scale } })
    .render().asPng();
}

function fontFiles(): string[] {
  const folder = new URL(
    "ttf/",
    import.meta.resolve("dejavu-fonts-ttf/package.json"),
  );
  return ["DejaVuSans.ttf", "DejaVuSans-Bold.ttf"].map((name) =>
    fileURLToPath(new URL(name, folder))
  );
}
