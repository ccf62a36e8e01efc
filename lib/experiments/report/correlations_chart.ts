/** Charts rank correlations with their confidence intervals. */
import { type ChartSpec, guideLine } from "../../display/charts.ts";
import type { NamedCorrelation } from "./conclusions.ts";

/**
 * Charts the correlations of several metrics with the same quantity, such as digit-FID. The title
 * should name this quantity.
 */
export function correlationsChart(
  correlations: readonly NamedCorrelation[],
  title: string,
): ChartSpec {
  const values = correlations.map(({ between, correlation, from, to }) => ({
    ...{ metric: between[1], correlation, from, to },
  }));
  const x = { type: "quantitative", scale: { domain: [-1, 1], nice: false } };
  const y = {
    field: "metric",
    type: "nominal",
    title: null,
    sort: values.map(({ metric }) => metric),
  };
  return {
    title: {
      text: title,
      subtitle: "Spearman's rank correlation over rows; bars: the bootstrap's 95 % interval",
    },
    width: 380,
    height: { step: 22 },
    data: { values },
    layer: [
      {
        mark: guideLine,
        encoding: { x: { ...x, datum: 0 } },
      },
      {
        mark: { type: "bar", size: 4, opacity: 0.4 },
        encoding: { x: { ...x, field: "from" }, x2: { field: "to" }, y },
      },
      {
        mark: { type: "circle", size: 70, opacity: 1, tooltip: true },
        encoding: { x: { ...x, field: "correlation", title: "rank correlation" }, y },
      },
    ],
  } as unknown as ChartSpec;
}
