/**
 * Judges the original report's own numbers against chance. The report trained each recipe once,
 * with one exception: its base appears in both tables with different results.
 */
import type { GatheredGrid } from "../report/gather.ts";

type ReportedGrid = Pick<GatheredGrid, "rows" | "base">;

/**
 * Estimates the standard deviation of log FID in the report. The report lists its base recipe in
 * two tables, with two different FIDs.
 *
 * @throws {RangeError} when a grid has no reported result for its base
 */
export function reportedDeviation(one: ReportedGrid, other: ReportedGrid): number {
  return Math.abs(Math.log(fidOfBase(one) / fidOfBase(other))) / Math.SQRT2;
}

/** The reported differences that are larger than chance. */
export interface StandOut {
  /** The ratio that two runs of one recipe exceed in one case of twenty. */
  readonly factor: number;
  /** Labels of the rows that differ from their table's base by more than this factor. */
  readonly rows: readonly string[];
}

/** The two-sided 95 % point of the normal distribution. */
const NORMAL_95 = 1.96;

/**
 * Finds the reported rows that differ from the base by more than two single runs would.
 *
 * @param deviation deviation of log FID over seeds
 */
export function findStandOuts(grids: readonly ReportedGrid[], deviation: number): StandOut {
  const limit = NORMAL_95 * Math.SQRT2 * deviation;
  const rows = grids.flatMap((grid) =>
    grid.rows.filter(({ reported }) =>
      reported && Math.abs(Math.log(reported.fid / fidOfBase(grid))) > limit
    ).map(({ label }) => label)
  );
  return { factor: Math.exp(limit), rows };
}

function fidOfBase({ rows, base }: ReportedGrid): number {
  const reported = rows.find(({ experiment }) => experiment === base)?.reported;
  if (reported) return reported.fid;
  throw new RangeError(`Judging reported numbers: wanted a result of '${base}', found none.`);
}
