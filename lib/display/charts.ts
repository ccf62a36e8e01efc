/**
 * Renders Vega-Lite specifications to PNG files that are the same on every machine. The only font
 * is DejaVu Sans, from npm. Without fonts, letters would silently become empty boxes.
 */
import { fileURLToPath } from "node:url";
import { Resvg } from "@resvg/resvg-js";
import { parse, View } from "vega";
import { compile, type TopLevelSpec } from "vega-lite";

export type ChartSpec = TopLevelSpec;

export interface RenderOptions {
  /** Pixels of the picture per pixel of the chart; default 2. */
  readonly scale?: number;
}

const FONT = "DejaVu Sans";

/** A line for comparison. */
export const guideLine = { type: "rule", color: "#999", strokeDash: [4, 3] } as const;

/** The style of all charts. Colour-blind readers can tell the colours apart (Okabe and Ito). */
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

/** Draws a chart and returns the bytes of a PNG file. */
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
 * Draws an SVG as a PNG file.
 *
 * @param scale pixels of the picture per pixel of the SVG
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
