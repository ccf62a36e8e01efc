/**
 * Computes Spearman's rank correlation between two columns of a table. Also computes a confidence
 * interval by bootstrapping the rows.
 */
import { quantile, sampleRankCorrelation } from "simple-statistics";
import { randomStream } from "../../random.ts";

export interface RankCorrelation {
  readonly correlation: number;
  /**
   * Lower end of the 95 % confidence interval from a percentile bootstrap; `to` is the upper end.
   */
  readonly from: number;
  readonly to: number;
  readonly rows: number;
}

/** Number of bootstrap resamples. */
const RESAMPLES = 2_000;

/**
 * Measures how similarly two columns order the rows. The correlation is 1 for the same order and −1
 * for the reverse order.
 *
 * Each of several equal values gets the mean of their ranks.
 *
 * @throws {RangeError} when the columns differ in length or have fewer than three rows, or one of
 * them is constant
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
    // If all values of a resample are equal, there is no order to compare.
    if (!Number.isNaN(value)) resampled.push(value);
  }
  const [from, to] = quantile(resampled, [0.025, 0.975]);
  return { correlation, from, to, rows: x.length };
}
