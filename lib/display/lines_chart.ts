/** Charts lines over steps. */
import type { ChartSpec } from "./charts.ts";

/** A point on a line. */
export interface LinePoint {
  readonly x: number;
  readonly y: number;
  /** Selects the colour. */
  readonly line: string;
  /** Separates lines of one colour. */
  readonly seed?: number;
}

export interface LinesChartOptions {
  readonly title: string;
  readonly subtitle?: string;
  readonly x: string;
  readonly y: string;
  /** Values of y for dashed lines. */
  readonly guides?: readonly number[];
  /** Range of the vertical axis; default: the range of the values. */
  readonly yDomain?: readonly [number, number];
  /** Numbers along the axes; default: as many as fit. */
  readonly xValues?: readonly number[];
  readonly yValues?: readonly number[];
  /** Makes the vertical axis logarithmic, or both axes. */
  readonly log?: boolean | "both";
  readonly height?: number;
  /** The legend's corner; default: right of the chart. */
  readonly legend?: "top-left" | "top-right" | "bottom-left" | "bottom-right" | "right";
}

/** Charts lines. */
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

/** As JSON, the points would take ten times as many lines in a notebook. */
function tableText(points: readonly LinePoint[]): string {
  const rows = points.map(({ x, y, line, seed = 1 }) =>
    [x, Number(y.toPrecision(4)), JSON.stringify(line), seed].join(",")
  );
  return ["x,y,line,seed", ...rows].join("\n");
}
