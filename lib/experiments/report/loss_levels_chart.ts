/** Charts the losses at the end of training next to the losses of an ideal pair of networks. */
import type { ChartSpec } from "../../display/charts.ts";
import { labelPolicies, restingLosses } from "../../training/gan/labels.ts";
import type { ExperimentGrid } from "../experiment.ts";
import { endLosses } from "./end_losses.ts";
import type { GatheredRow } from "./gather.ts";

/**
 * Charts the losses of both networks for each row. A tick marks the loss that the network would
 * have, given the row's label smoothing, if the two networks were an ideal pair. If the row has
 * finished cells, then a circle marks the loss that the network had at the end of training.
 *
 * @param gathered the finished cells of each row, in the order of the grid's rows
 */
export function lossLevelsChart(
  { title, rows }: ExperimentGrid,
  gathered: readonly Pick<GatheredRow, "cells">[],
  root: string,
): ChartSpec {
  const networks = ["discriminator", "generator"] as const;
  const values = rows.flatMap(({ label, experiment }, i) => {
    const ideal = restingLosses(labelPolicies[experiment.options.labels]);
    const measured = endLosses(gathered[i], root)?.measured;
    return networks.map((network) => ({
      ...{ row: label, network, ideal: ideal[network] },
      measured: measured?.[network] ?? null,
    }));
  });
  const y = { field: "row", type: "nominal", title: null, sort: rows.map(({ label }) => label) };
  const x = { type: "quantitative", scale: { zero: false, padding: 12 } };
  const yOffset = { field: "network", type: "nominal" };
  const color = {
    field: "network",
    type: "nominal",
    legend: { title: null, orient: "top", symbolOpacity: 1 },
  };
  return {
    title: {
      text: `${title}: where the losses end`,
      subtitle: "tick: an ideal pair of networks; circle: mean of the last tenth of the steps",
    },
    width: 420,
    height: { step: 30, for: "position" },
    data: { values },
    layer: [
      {
        mark: { type: "tick", thickness: 3, size: 12 },
        encoding: { x: { ...x, field: "ideal" }, y, yOffset, color },
      },
      {
        transform: [{ filter: "isValid(datum.measured)" }],
        mark: { type: "circle", size: 80, opacity: 0.9, tooltip: true },
        encoding: { x: { ...x, field: "measured", title: "loss (nats)" }, y, yOffset, color },
      },
    ],
  } as unknown as ChartSpec;
}
