/**
 * Uses the original report's own numbers to judge which of its differences are too large to be due
 * to chance. The report has one result for each recipe, except for the base recipe, which appears
 * in both tables with different results.
 */
import jstat from "jstat";
import type { GatheredGrid } from "../report/gather.ts";

type ReportedGrid = Pick<GatheredGrid, "rows" | "base">;

/** An estimate of the standard deviation of log FID over seeds. */
export interface ScatterEstimate {
  readonly deviation: number;
  /** The number of degrees of freedom of the estimate. */
  readonly freedom: number;
}

/**
 * Estimates how much the logarithm of the FID varies between seeds in the report. The report lists
 * its base recipe in two tables, with two different FIDs. The estimate is made from these two
 * values, so it has one degree of freedom.
 *
 * @throws {RangeError} when one of the grids has no reported result for its base
 */
export function reportedScatter(one: ReportedGrid, other: ReportedGrid): ScatterEstimate {
  const difference = Math.log(fidOfBase(one) / fidOfBase(other));
  return { deviation: Math.abs(difference) / Math.SQRT2, freedom: 1 };
}

/**
 * The rows whose difference from the base is too large to be due to chance, and the limit that was
 * used.
 */
export interface StandOut {
  /**
   * The two-sided 95 % critical value of Student's t distribution, for the degrees of freedom of
   * the estimate.
   */
  readonly t: number;
  /**
   * The FIDs of two runs of the same recipe differ by more than this factor in only one case out of
   * twenty.
   */
  readonly factor: number;
  /**
   * The labels of the rows whose FID differs from the FID of the table's base row by more than
   * `factor`, in either direction.
   */
  readonly rows: readonly string[];
}

/**
 * Finds the rows in the report whose FID differs from the FID of the base by more than chance alone
 * would explain. The limit uses Student's t distribution, because the standard deviation is only an
 * estimate. If this estimate has few degrees of freedom, then it may be far too small.
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
