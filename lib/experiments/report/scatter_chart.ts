/** Charts how much the runs of each row differ from the mean of the row. */
import { mean } from "simple-statistics";
import { type ChartSpec, guideLine } from "../../display/charts.ts";
import type { GatheredRow } from "./gather.ts";
import { metrics } from "./metrics.ts";
import { valuesOf } from "./tables.ts";

/**
 * Charts each run's digit-FID divided by the geometric mean of its row. Rows with only one seed are
 * left out. Returns undefined if no row is left.
 */
export function scatterChart(rows: readonly GatheredRow[]): ChartSpec | undefined {
  const values = rows.filter(({ cells }) => cells.length > 1).flatMap(({ label, cells }) => {
    const distances = valuesOf(metrics[0], cells);
    const middle = Math.exp(mean(distances.map(Math.log)));
    return distances.map((distance) => ({ row: label, ratio: distance / middle }));
  });
  if (values.length === 0) return undefined;
  const reach = Math.max(LEAST_REACH, ...values.map(({ ratio }) => Math.max(ratio, 1 / ratio)));
  const x = {
    type: "quantitative",
    scale: { type: "log", domain: [1 / reach, reach], nice: false, padding: 12 },
    axis: { values: ticksWithin(reach), format: "~g" },
  };
  return {
    title: { text: "Scatter of single runs", subtitle: "digit-FID divided by the mean of its row" },
    width: 420,
    height: { step: 18 },
    data: { values },
    layer: [
      {
        mark: guideLine,
        encoding: { x: { ...x, datum: 1 } },
      },
      {
        mark: { type: "circle", size: 50, opacity: 0.8, tooltip: true },
        encoding: {
          x: { ...x, field: "ratio", title: "times the row's mean (logarithmic)" },
          y: { field: "row", type: "nominal", title: null, sort: null, axis: { labelLimit: 0 } },
        },
      },
    ],
  } as unknown as ChartSpec;
}

/**
 * The smallest value for the upper end of the axis. It is large enough that the axis has a tick on
 * each side of 1.
 */
const LEAST_REACH = 1.12;

/**
 * Returns the ticks from 1 / `reach` to `reach`. They are taken from a fixed list, because a
 * logarithmic axis has few ticks near 1 by default.
 */
function ticksWithin(reach: number): number[] {
  const ticks = [0.1, 0.2, 0.3, 0.5, 0.7, 0.8, 0.9, 1, 1.1, 1.2, 1.5, 2, 3, 5, 10];
  return ticks.filter((tick) => Math.max(tick, 1 / tick) <= reach);
}
