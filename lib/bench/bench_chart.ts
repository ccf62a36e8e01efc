/**
 * Draws a bar chart of a benchmark. A bar shows the median step time of each contender, and a line
 * on the bar connects the first and third quartiles.
 */
import type { ChartSpec } from "../display/charts.ts";
import type { Timing } from "./rounds.ts";

export interface BenchChartOptions {
  readonly title: string;
  readonly subtitle: string;
}

const WIDTH = 480;

/** Charts the milliseconds per step of each contender. The fastest contender comes first. */
export function benchChart(
  timings: readonly Timing[],
  { title, subtitle }: BenchChartOptions,
): ChartSpec {
  const values = timings.map(({ name, median, quartiles }) => ({
    name,
    median,
    low: quartiles[0],
    high: quartiles[1],
    text: `${median.toFixed(1)} ms`,
  }));
  const names = timings.toSorted((a, b) => a.median - b.median)
    .map(({ name }) => name);
  const y = {
    field: "name",
    type: "nominal",
    sort: names,
    axis: { labelLimit: 500 },
    title: null,
  } as const;
  return {
    title: { text: title, subtitle },
    width: WIDTH,
    height: { step: 32 },
    data: { values },
    layer: [
      {
        mark: { type: "bar", color: "#56b4e9" },
        encoding: {
          y,
          x: {
            field: "median",
            type: "quantitative",
            title: "milliseconds per step (median, and the middle half)",
          },
        },
      },
      {
        mark: { type: "rule", color: "#333", strokeWidth: 2 },
        encoding: {
          y,
          x: { field: "low", type: "quantitative" },
          x2: { field: "high" },
        },
      },
      {
        mark: { type: "text", align: "left", dx: 6, dy: -9, fontSize: 10 },
        encoding: {
          y,
          x: { field: "median", type: "quantitative" },
          text: { field: "text" },
        },
      },
    ],
  };
}
