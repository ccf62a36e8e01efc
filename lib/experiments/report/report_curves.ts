/**
 * Charts how the losses and digit-FID of a grid's rows change during training. Each row has a
 * panel, which shows means and ranges over seeds.
 */
import pl from "nodejs-polars";
import { mean } from "simple-statistics";
import type { ChartSpec } from "../../display/charts.ts";
import { ROW_STEPS, type RowScope } from "../../runs/loss_table.ts";
import { labelPolicies, restingLosses } from "../../training/gan/labels.ts";
import { folderOf } from "../cells/cells.ts";
import type { GatheredCell, GatheredGrid } from "./gather.ts";

/** The mean and the range of a value at one step, over the seeds of a row. */
interface Point {
  readonly panel: string;
  readonly step: number;
  readonly mean: number;
  readonly least: number;
  readonly most: number;
}

const WIDTH = 210;
const HEIGHT = 120;
const COLUMNS = 3;

/**
 * Charts digit-FID against the number of training steps. Each panel shows the mean and the range
 * over the seeds of one row. A gray line shows the mean of the base.
 */
export function curveChart(
  grid: GatheredGrid,
  root: string,
  about: string,
): ChartSpec {
  const rows = pointsOf(grid, root, "epoch", "digit_fid");
  const base = grid.rows.find(({ experiment }) => experiment === grid.base)!;
  const ofBase = rows.filter(({ panel }) => panel === base.label);
  const behind = grid.rows.filter((row) => row !== base && row.cells.length > 0)
    .flatMap(({ label }) => ofBase.map((point) => ({ ...point, panel: label })));
  const x = {
    field: "step",
    type: "quantitative",
    title: "step",
    axis: { format: "~s" },
  };
  const y = {
    field: "mean",
    type: "quantitative",
    title: "digit-FID",
    scale: { type: "log", nice: false },
  };
  return facets(grid, {
    title: `${grid.title}: digit-FID against the step`,
    subtitle: `${about}; line: mean over seeds, band: their range, gray: the base`,
    values: [
      ...rows.map((row) => ({ ...row, of: "row" })),
      ...behind.map((row) => ({ ...row, of: "base" })),
    ],
    layer: [
      {
        transform: [{ filter: "datum.of == 'base'" }],
        mark: { type: "line", color: "#999", strokeWidth: 1 },
        encoding: { x, y },
      },
      ...bands(rows, {
        transform: [{ filter: "datum.of == 'row'" }],
        mark: { type: "area", color: "#0072b2", opacity: 0.25 },
        encoding: { x, y: { ...y, field: "least" }, y2: { field: "most" } },
      }),
      {
        transform: [{ filter: "datum.of == 'row'" }],
        mark: { type: "line", color: "#0072b2", strokeWidth: 1.4 },
        encoding: { x, y },
      },
    ],
  });
}

export interface LossesChartOptions {
  /**
   * The span of steps over which each point of a curve is averaged: 100 steps (the default) or an
   * epoch.
   */
  readonly scope?: RowScope;
}

/**
 * Charts the losses of both networks against the steps. Each panel shows the mean and the range
 * over the seeds of one row. Dashed lines show the losses that an ideal pair of networks would have
 * with the row's label smoothing.
 */
export function lossesChart(
  grid: GatheredGrid,
  root: string,
  { scope = "steps" }: LossesChartOptions = {},
): ChartSpec {
  const values = networks.flatMap((network) =>
    pointsOf(grid, root, scope, `${network}_loss`).map((point) => ({
      ...point,
      network,
      of: "row",
    }))
  );
  const color = {
    field: "network",
    type: "nominal",
    legend: { title: null, orient: "top", symbolOpacity: 1 },
  };
  const x = { field: "step", type: "quantitative", title: "step", axis: { format: "~s" } };
  const y = { field: "mean", type: "quantitative", title: "loss (nats)", scale: lossScale(values) };
  const ofRow = { filter: "datum.of == 'row'" };
  return facets(grid, {
    title: `${grid.title}: losses against the step`,
    subtitle:
      `means of ${scope === "steps" ? `${ROW_STEPS} steps` : "an epoch"}; line: mean over ` +
      "seeds, band: their range, dashed: resting losses",
    values: [...values, ...restingLines(grid)],
    layer: [
      {
        transform: [{ filter: "datum.of == 'rest'" }],
        mark: { type: "rule", strokeDash: [4, 3], strokeWidth: 1, clip: true },
        encoding: { y, color },
      },
      ...bands(values, {
        transform: [ofRow],
        mark: { type: "area", opacity: 0.25, clip: true },
        encoding: { x, y: { ...y, field: "least" }, y2: { field: "most" }, color },
      }),
      {
        transform: [ofRow],
        // A curve with only one point has no visible line, so short curves get point marks.
        mark: { type: "line", strokeWidth: 1, point: isShort(values), clip: true },
        encoding: { x, y, color },
      },
    ],
  });
}

/**
 * Returns the layer of bands. Returns no layer if every row has only one seed, because a band would
 * then have no height.
 */
function bands(points: readonly Point[], layer: object): readonly object[] {
  return points.some(({ least, most }) => least < most) ? [layer] : [];
}

const networks = ["discriminator", "generator"] as const;

/** Returns the losses of an ideal pair of networks for each row that has finished cells. */
function restingLines({ rows }: GatheredGrid): object[] {
  return rows.filter(({ cells }) => cells.length > 0).flatMap(({ label, cells }) => {
    const rest = restingLosses(labelPolicies[cells[0].cell.experiment.options.labels]);
    return networks.map((network) => ({ panel: label, network, mean: rest[network], of: "rest" }));
  });
}

/**
 * The largest loss that a chart shows. If the axis reached the losses of a failed run, then all
 * other curves would look flat.
 */
const MOST_LOSS = 2;

function lossScale(points: readonly Point[]): object {
  return points.some(({ most }) => most > MOST_LOSS)
    ? { domain: [0, MOST_LOSS], nice: false }
    : { zero: false };
}

/** Returns whether the curves have so few points that the points need marks to be visible. */
function isShort(values: readonly { readonly step: number }[]): boolean {
  return new Set(values.map(({ step }) => step)).size < 3;
}

function facets(
  { rows }: GatheredGrid,
  { title, subtitle, values, layer }: {
    title: string;
    subtitle: string;
    values: readonly object[];
    layer: readonly object[];
  },
): ChartSpec {
  return {
    $schema: "https://vega.github.io/schema/vega-lite/v6.json",
    title: { text: title, subtitle },
    data: { values },
    facet: {
      field: "panel",
      type: "nominal",
      title: null,
      sort: rows.map(({ label }) => label),
    },
    columns: Math.min(COLUMNS, rows.length),
    spec: { width: WIDTH, height: HEIGHT, layer },
  } as unknown as ChartSpec;
}

function pointsOf(
  { rows }: GatheredGrid,
  root: string,
  scope: RowScope,
  column: string,
): Point[] {
  return rows.flatMap(({ label, cells }) => {
    const bySeed = cells.map((cell) => columnOf(cell, root, scope, column));
    return overSeeds(label, bySeed);
  });
}

/** Returns a point for each step at which all seeds have a value. */
function overSeeds(
  panel: string,
  bySeed: readonly ReadonlyMap<number, number>[],
): Point[] {
  const [first, ...others] = bySeed;
  if (!first) return [];
  return [...first.keys()].filter((step) => others.every((other) => other.has(step))).map(
    (step) => {
      const values = bySeed.map((one) => one.get(step)!);
      return {
        panel,
        step,
        mean: mean(values),
        least: Math.min(...values),
        most: Math.max(...values),
      };
    },
  );
}

/**
 * Reads a column of a cell's losses.csv. Returns the value for each step, and skips rows in which
 * the column is blank.
 */
function columnOf(
  { cell }: GatheredCell,
  root: string,
  scope: string,
  column: string,
): Map<number, number> {
  const table = pl.readCSV(`${folderOf(root, cell)}/losses.csv`)
    .filter(pl.col("scope").eq(pl.lit(scope)))
    .select("step", column);
  return new Map(
    table.toRecords().filter((row) => row[column] !== null)
      .map((row) => [Number(row.step), Number(row[column])]),
  );
}
