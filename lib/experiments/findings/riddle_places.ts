/**
 * Compares a row of a grid with the other rows in several ways: by extractor and number of images,
 * by training step, and by metric.
 */
import pl from "nodejs-polars";
import { mean } from "simple-statistics";
import { folderOf } from "../cells/cells.ts";
import type { GatheredGrid, GatheredRow } from "../report/gather.ts";
import { metrics } from "../report/metrics.ts";
import { readDistances } from "../report/read_distances.ts";
import { overSeeds } from "../report/tables.ts";
import { placeRow, type RowPlace } from "./riddle.ts";

export interface PlaceByCount extends RowPlace {
  readonly extractor: string;
  readonly images: number;
  /**
   * The largest Fréchet distance divided by the smallest; rows whose images the report calls bad
   * are left out.
   */
  readonly spread: number;
}

/**
 * For each extractor and number of images, ranks the rows by Fréchet distance and returns the place
 * of the given row.
 */
export function placesByCount(
  { rows, base }: GatheredGrid,
  root: string,
  name: string,
): PlaceByCount[] {
  const read = finished(rows).map((row) => ({ row, distances: readDistances(row, root) }));
  return read[0].distances.map(({ extractor, images }) => {
    const scores = read.flatMap(({ row, distances }) =>
      distances.filter((each) => each.extractor === extractor && each.images === images)
        .map(({ generated }) => ({ name: row.experiment, score: generated, row }))
    );
    const good = scores.filter(({ row }) => row.reported?.quality !== "bad")
      .map(({ score }) => score);
    const spread = Math.max(...good) / Math.min(...good);
    return { extractor, images, ...placeRow(name, scores, base), spread };
  });
}

/** The digit-FID of a row and of the base at one training step. */
export interface PlaceByStep {
  readonly step: number;
  readonly own: number;
  readonly base: number;
}

/**
 * Returns the digit-FID of a row and of the base at each training step for which both are known.
 */
export function placesByStep(grid: GatheredGrid, root: string, name: string): PlaceByStep[] {
  const [own, base] = [name, grid.base].map((wanted) =>
    curveOf(grid.rows.find(({ experiment }) => experiment === wanted)!, root)
  );
  return [...own].filter(([step]) => base.has(step))
    .map(([step, fid]) => ({ step, own: fid, base: base.get(step)! }));
}

/**
 * Returns the digit-FID of a row, averaged over the seeds, for each training step at which it was
 * measured. Leaves out a step if the value of any seed is missing.
 */
function curveOf({ cells }: GatheredRow, root: string): Map<number, number> {
  const records = cells.flatMap(({ cell }) =>
    pl.readCSV(`${folderOf(root, cell)}/losses.csv`).filter(pl.col("digit_fid").isNotNull())
      .select("step", "digit_fid").toRecords()
  );
  const byStep = Map.groupBy(records, ({ step }) => Number(step));
  return new Map(
    [...byStep].filter(([, same]) => same.length === cells.length)
      .map(([step, same]) => [step, mean(same.map(({ digit_fid }) => Number(digit_fid)))] as const)
      .toSorted(([a], [b]) => a - b),
  );
}

export interface PlaceByMetric extends Pick<RowPlace, "place" | "of"> {
  /** The metric's label. */
  readonly metric: string;
  /** The mean score of the row over its seeds. */
  readonly score: number;
}

/**
 * For each metric that was measured for all finished rows, ranks the rows by this metric and
 * returns the place of the given row.
 */
export function placesByMetric({ rows }: GatheredGrid, name: string): PlaceByMetric[] {
  return metrics.flatMap((metric) => {
    const scores = finished(rows).map((row) => ({
      name: row.experiment,
      score: overSeeds(metric, row)?.mean ?? NaN,
    }));
    if (scores.some(({ score }) => Number.isNaN(score))) return [];
    const own = scores.find((each) => each.name === name)!.score;
    const isAhead = ({ score }: { readonly score: number }) =>
      metric.better === "lower" ? score < own : score > own;
    const place = 1 + scores.filter(isAhead).length;
    return [{ metric: metric.label, score: own, place, of: scores.length }];
  });
}

function finished(rows: readonly GatheredRow[]): GatheredRow[] {
  return rows.filter(({ cells }) => cells.length > 0);
}
