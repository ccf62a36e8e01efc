/**
 * Computes Spearman's rank correlation between two columns of a table. Also computes a confidence
 * interval for the correlation by bootstrapping the rows.
 */
import { quantile, sampleRankCorrelation } from "simple-statistics";
import { randomStream } from "../../random.ts";

export interface RankCorrelation {
  readonly correlation: number;
  /**
   * The lower end of the correlation's 95 % confidence interval, which is computed by a percentile
   * bootstrap. The upper end is `to`.
   */
  readonly from: number;
  readonly to: number;
  readonly rows: number;
}

/** The number of bootstrap resamples. */
const RESAMPLES = 2_000;

/**
 * Measures how similar two orders of the rows are: the order by column `x` and the order by column
 * `y`. The correlation is 1 if both orders are the same and −1 if one is the reverse of the other.
 *
 * If several values of a column are equal, then each of these values gets the mean of their ranks.
 *
 * @throws {RangeError} when the columns have different lengths or fewer than three rows, or when a
 * column is constant
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
    // If a column of a resample is constant, then the resample has no correlation and is left out.
    if (!Number.isNaN(value)) resampled.push(value);
  }
  const [from, to] = quantile(resampled, [0.025, 0.975]);
  return { correlation, from, to, rows: x.length };
}
