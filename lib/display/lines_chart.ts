/** Charts lines, such as a measurement over training steps. */
import type { ChartSpec } from "./charts.ts";

/** A point on a line. */
export interface LinePoint {
  readonly x: number;
  readonly y: number;
  /** The name of the line in the legend, which determines the colour. */
  readonly line: string;
  /**
   * The seed of the training run. If points with the same line name have different seeds, then a
   * separate line is drawn for each seed, all in the same colour.
   */
  readonly seed?: number;
}

export interface LinesChartOptions {
  readonly title: string;
  readonly subtitle?: string;
  readonly x: string;
  readonly y: string;
  /** Values on the vertical axis that are marked by dashed lines. */
  readonly guides?: readonly number[];
  /**
   * Lowest and highest values of the vertical axis. By default, they are chosen to fit the points.
   */
  readonly yDomain?: readonly [number, number];
  /**
   * Values to label on the horizontal axis (`xValues`) and the vertical axis (`yValues`). By
   * default, Vega-Lite chooses them.
   */
  readonly xValues?: readonly number[];
  readonly yValues?: readonly number[];
  /**
   * Whether the vertical axis is logarithmic; with "both", the horizontal axis is logarithmic too.
   */
  readonly log?: boolean | "both";
  readonly height?: number;
  /**
   * Corner of the chart in which the legend is placed. With "right", which is the default, the
   * legend is placed beside the chart.
   */
  readonly legend?: "top-left" | "top-right" | "bottom-left" | "bottom-right" | "right";
}

/** Charts lines through the given points. */
export function linesChart(
  points: readonly LinePoint[],
  options: LinesChartOptions,
): ChartSpec {
  const { title, subtitle, guides = [], height = 200, log = false } = options;
  const guide = { type: "rule", color: "#555", strokeDash: [6, 4] };
  return {
    title: { text: title, ...(subtitle !== undefined && { subtitle }) },
    width: 520,
    height,
    layer: [
      ...guides.map((value) => ({
        data: { values: [{}] },
        mark: guide,
        encoding: { y: { datum: value } },
      })),
      {
        data: { values: tableText(points), format: { type: "csv" } },
        mark: { type: "line", strokeWidth: 2, opacity: 0.85 },
        encoding: encodingOf(options, log, new Set(points.map(({ line }) => line)).size),
      },
    ],
  } as ChartSpec;
}

function encodingOf(
  { x, y, yDomain, xValues, yValues, legend = "right" }: LinesChartOptions,
  log: boolean | "both",
  lines: number,
) {
  return {
    x: {
      field: "x",
      type: "quantitative",
      title: x,
      scale: { nice: false, ...(log === "both" && { type: "log" }) },
      axis: { ...(xValues && { values: xValues }) },
    },
    y: {
      field: "y",
      type: "quantitative",
      title: y,
      scale: { ...(log && { type: "log" }), ...(yDomain && { domain: yDomain }) },
      axis: { ...(yValues && { values: yValues }), ...(log && { format: "~e" }) },
    },
    color: {
      field: "line",
      type: "nominal",
      sort: null,
      legend: lines > 1
        ? { title: null, orient: legend, fillColor: "white", padding: 4, offset: 6, labelLimit: 0 }
        : null,
    },
    detail: { field: "seed" },
  };
}

/**
 * Returns the points as CSV. As JSON, they would take up ten times as many lines in a notebook's
 * file.
 */
function tableText(points: readonly LinePoint[]): string {
  const rows = points.map(({ x, y, line, seed = 1 }) =>
    [x, Number(y.toPrecision(4)), JSON.stringify(line), seed].join(",")
  );
  return ["x,y,line,seed", ...rows].join("\n");
}
