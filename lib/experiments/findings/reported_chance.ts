/**
 * Judges the original report's own numbers against chance. The report has one result for each
 * recipe, with one exception: its base appears in both tables with different results.
 */
import jstat from "jstat";
import type { GatheredGrid } from "../report/gather.ts";

type ReportedGrid = Pick<GatheredGrid, "rows" | "base">;

/** An estimate of how much log FID scatters over seeds. */
export interface ScatterEstimate {
  readonly deviation: number;
  /** Degrees of freedom of the estimate. */
  readonly freedom: number;
}

/**
 * Estimates the scatter of log FID in the report. The report lists its base recipe in two tables,
 * with two different FIDs. Two values have one degree of freedom.
 *
 * @throws {RangeError} when a grid has no reported result for its base
 */
export function reportedScatter(one: ReportedGrid, other: ReportedGrid): ScatterEstimate {
  const difference = Math.log(fidOfBase(one) / fidOfBase(other));
  return { deviation: Math.abs(difference) / Math.SQRT2, freedom: 1 };
}

/** The reported differences that are larger than chance. */
export interface StandOut {
  /** The two-sided 95 % point of Student's t with the estimate's degrees of freedom. */
  readonly t: number;
  /** The ratio that two runs of one recipe exceed in one case of twenty. */
  readonly factor: number;
  /** Labels of the rows that differ from their table's base by more than this factor. */
  readonly rows: readonly string[];
}

/**
 * Finds the reported rows that differ from the base by more than two single runs would. The limit
 * uses Student's t, because the deviation is only an estimate. With few degrees of freedom, the
 * estimate may be far too small.
 */
export function findStandOuts(
  grids: readonly ReportedGrid[],
  { deviation, freedom }: ScatterEstimate,
): StandOut {
  const t: number = jstat.studentt.inv(0.975, freedom);
  const limit = t * Math.SQRT2 * deviation;
  const rows = grids.flatMap((grid) =>
    grid.rows.filter(({ reported }) =>
      reported && Math.abs(Math.log(reported.fid / fidOfBase(grid))) > limit
    ).map(({ label }) => label)
  );
  return { t, factor: Math.exp(limit), rows };
}

function fidOfBase({ rows, base }: ReportedGrid): number {
  const reported = rows.find(({ experiment }) => experiment === base)?.reported;
  if (reported) return reported.fid;
  throw new RangeError(`Judging reported numbers: wanted a result of '${base}', found none.`);
}
