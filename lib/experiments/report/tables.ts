/**
 * Builds the tables of a report as Polars data frames. One table has a row for each cell. The other
 * table has a row for each experiment, with means and standard deviations over seeds.
 */
import pl from "nodejs-polars";
import { mean, sampleStandardDeviation } from "simple-statistics";
import { timedSteps } from "../cells/cell_times.ts";
import type { GatheredCell, GatheredGrid, GatheredRow } from "./gather.ts";
import { type Metric, metrics, scoreOf } from "./metrics.ts";

/** The mean and the standard deviation of a metric over the seeds of a row. */
export interface SeedStatistics {
  readonly mean: number;
  /** The sample standard deviation. It is undefined if there is only one seed. */
  readonly deviation: number | undefined;
  readonly values: readonly number[];
}

/**
 * Returns the values of a metric for the given cells. Cells for which the metric was not measured
 * are skipped.
 */
export function valuesOf(
  metric: Metric,
  cells: readonly GatheredCell[],
): number[] {
  return cells.flatMap(({ evaluations }) => scoreOf(metric, evaluations)?.value ?? []);
}

/**
 * Returns the statistics of a metric over the seeds of a row. Returns undefined if the metric was
 * not measured for any cell of the row.
 */
export function overSeeds(
  metric: Metric,
  { cells }: Pick<GatheredRow, "cells">,
): SeedStatistics | undefined {
  const values = valuesOf(metric, cells);
  if (values.length === 0) return undefined;
  return {
    mean: mean(values),
    deviation: values.length > 1 ? sampleStandardDeviation(values) : undefined,
    values,
  };
}

/**
 * Returns the floor of a metric, which is the score of real images. Returns undefined if the floor
 * was not measured.
 */
export function floorOf(
  metric: Metric,
  { rows }: Pick<GatheredGrid, "rows">,
): number | undefined {
  const floors = rows.flatMap(({ cells }) => cells).flatMap((
    { evaluations },
  ) => scoreOf(metric, evaluations)?.floor ?? []);
  return floors[0];
}

/**
 * Formats the mean and the standard deviation of a metric for a row, as in "55.6 ± 2.1". Returns an
 * empty string if the metric was not measured for the row.
 */
export function formatStatistics(metric: Metric, row: Pick<GatheredRow, "cells">): string {
  const statistics = overSeeds(metric, row);
  if (!statistics) return "";
  const { mean, deviation } = statistics;
  const number = (value: number) => value.toFixed(metric.decimals);
  return deviation === undefined ? number(mean) : `${number(mean)} ± ${number(deviation)}`;
}

/**
 * Returns the rows of a table with formatted scores. The last row contains the floors, which are
 * the scores of real images.
 */
export function formatRows(
  grid: GatheredGrid,
  columns: readonly Metric[] = metrics,
): Record<string, string | number>[] {
  const rows = grid.rows.map((row) => ({
    ...{ row: row.label, seeds: row.cells.length },
    ...Object.fromEntries(columns.map((metric) => [metric.label, formatStatistics(metric, row)])),
    ...(row.reported && {
      "report's FID": String(row.reported.fid),
      "report's verdict": row.reported.quality,
    }),
  }));
  const floors = columns.map((metric) => {
    const floor = floorOf(metric, grid);
    return [metric.label, floor === undefined ? "" : floor.toFixed(metric.decimals)];
  });
  return [...rows, { row: "floor (real images)", ...Object.fromEntries(floors) }];
}

/**
 * Returns a table with one row for each finished cell. The row contains the experiment, the seed,
 * the numbers of steps and images, the score of every metric, the seconds that training and judging
 * took, and the number of steps that these seconds cover. This number is null if it is unknown.
 */
export function cellFrame({ rows }: GatheredGrid): pl.DataFrame {
  return frameOf(
    rows.flatMap(({ cells }) =>
      cells.map(({ cell, evaluations, record, summary }) => ({
        experiment: cell.experiment.name,
        seed: cell.seed,
        steps: cell.steps,
        images: evaluations[0].images[0],
        against: evaluations[0].against,
        ...Object.fromEntries(
          metrics.map((metric) => [
            metric.id,
            scoreOf(metric, evaluations)?.value ?? null,
          ]),
        ),
        training_seconds: record.seconds.training,
        judging_seconds: record.seconds.judging,
        timed_steps: timedSteps({ record, summary }) ?? null,
      }))
    ),
  );
}

/**
 * Returns a table with one row for each experiment. The row contains the mean and the standard
 * deviation of every metric, and the results of the student report. The last row contains the
 * floors, which are the scores of real images.
 */
export function rowFrame(grid: GatheredGrid): pl.DataFrame {
  const rows = grid.rows.map((row) => ({
    experiment: row.experiment,
    label: row.label,
    seeds: row.cells.length,
    ...Object.fromEntries(metrics.flatMap((metric) => {
      const statistics = overSeeds(metric, row);
      return [
        [`${metric.id}_mean`, statistics?.mean ?? null],
        [`${metric.id}_deviation`, statistics?.deviation ?? null],
      ];
    })),
    reported_fid: row.reported?.fid ?? null,
    reported_quality: row.reported?.quality ?? null,
  }));
  const floors = {
    experiment: "floor",
    label: "real images",
    seeds: null,
    ...Object.fromEntries(metrics.flatMap((metric) => [
      [`${metric.id}_mean`, floorOf(metric, grid) ?? null],
      [`${metric.id}_deviation`, null],
    ])),
    reported_fid: null,
    reported_quality: null,
  };
  return frameOf([...rows, floors]);
}

/** The names of the columns that contain whole numbers. */
const counts: readonly string[] = ["seed", "seeds", "steps", "images", "timed_steps"];

/** Builds a data frame from records that all have the same keys. */
function frameOf(records: readonly Record<string, unknown>[]): pl.DataFrame {
  const names = Object.keys(records[0]);
  return pl.DataFrame(names.map((name) => {
    const values = records.map((record) => record[name]);
    const isText = values.some((value) => typeof value === "string");
    const series = pl.Series(name, values, isText ? pl.Utf8 : pl.Float64);
    // An Int32 series that is made directly from values has zeros in place of nulls.
    return counts.includes(name) ? series.cast(pl.Int32) : series;
  }));
}
