/**
 * Computes Spearman's rank correlation between two columns of a table, with a bootstrap interval
 * over its rows.
 */
import { quantile, sampleRankCorrelation } from "simple-statistics";
import { randomStream } from "../../random.ts";

export interface RankCorrelation {
  readonly correlation: number;
  /** The percentile bootstrap's 95 % interval. */
  readonly from: number;
  readonly to: number;
  readonly rows: number;
}

/** Resamples of the bootstrap. */
const RESAMPLES = 2_000;

/**
 * Returns how similarly two columns order the rows, from 1 for the same order to −1 for the
 * reverse.
 *
 * Equal values share the mean of their ranks.
 *
 * @throws {RangeError} when the columns do not have the same rows, at least three, or one is
 * constant
 */
export function rankCorrelation(
  x: readonly number[],
  y: readonly number[],
  seed = 1,
): RankCorrelation {
  if (x.length !== y.length || x.length < 3) {
    throw new RangeError(
      `Rank correlation: wanted two columns of the same rows, at least three, found ${x.length} and ${y.length}.`,
    );
  }
  const correlation = sampleRankCorrelation(x, y);
  if (Number.isNaN(correlation)) {
    throw new RangeError("Rank correlation: a column is constant.");
  }
  const stream = randomStream(seed, "bootstrap");
  const resampled: number[] = [];
  for (let i = 0; i < RESAMPLES; i++) {
    const rows = x.map(() => stream.integer(x.length));
    const value = sampleRankCorrelation(
      rows.map((row) => x[row]),
      rows.map((row) => y[row]),
    );
    // A resample of equal values has no order to compare.
    if (!Number.isNaN(value)) resampled.push(value);
  }
  const [from, to] = quantile(resampled, [0.025, 0.975]);
  return { correlation, from, to, rows: x.length };
}
