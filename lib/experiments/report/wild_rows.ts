/**
 * Finds wild rows. A row is wild if its runs scatter far more than the runs of the other rows.
 * Pooling assumes that all rows scatter alike, so a single wild row widens the intervals of all
 * other rows.
 *
 * The test is Cochran's (W. G. Cochran, "The distribution of the largest of a set of estimated
 * variances as a fraction of their total", 1941). ISO 5725-2 uses this test to find laboratories
 * whose results scatter too much. As in ISO 5725-2, the significance level is 1 %, and after a wild
 * row is found, the test is repeated without this row.
 *
 * Two alternatives do not suit rows with three seeds. The first is a test such as Levene's, which
 * needs more values per row: if the deviations of three values are measured from their median, then
 * one of the deviations is always 0. The second is a method that does not pool, such as that of
 * Games and Howell. Its intervals would have only two degrees of freedom for each row, so they
 * would be too wide to show most differences.
 */
import { chiSquareStream } from "./normal_stream.ts";
import { deviationOf, poolScatter, type RowDistances } from "./pool_scatter.ts";

/** The significance level of the test. A row is wild if its `chance` is below this level. */
const LEVEL = 0.01;

export interface WildRow extends RowDistances {
  /** The row's sum of squared deviations, as a fraction of the sum over all rows in the test. */
  readonly share: number;
  /**
   * The probability that the largest share in a table is at least this large if all rows scatter
   * alike.
   */
  readonly chance: number;
  /** The standard deviation of the logarithm of the distance over the row's seeds. */
  readonly deviation: number;
}

/**
 * Returns the wild rows. The wildest row comes first. Rows with only one seed are not tested,
 * because they have no scatter.
 */
export function findWildRows(rows: readonly RowDistances[]): WildRow[] {
  const wild: WildRow[] = [];
  let calm = rows.filter(({ distances }) => distances.length > 1);
  // If only two rows are left, the test cannot tell which of them is wild.
  while (calm.length > 2) {
    const all = poolScatter(calm);
    if (all.squares === 0) break;
    const shareOf = (row: RowDistances) => poolScatter([row]).squares / all.squares;
    const most = calm.reduce((a, b) => shareOf(b) > shareOf(a) ? b : a);
    const share = shareOf(most);
    const freedoms = calm.map(({ distances }) => distances.length - 1);
    const chance = chanceOfShare(share, freedoms);
    if (chance >= LEVEL) break;
    wild.push({ ...most, share, chance, deviation: deviationOf(poolScatter([most])) });
    calm = calm.filter((row) => row !== most);
  }
  return wild;
}

/**
 * The number of simulated tables. With this number, the error of a probability near the level of
 * significance is about 0.0003.
 */
export const SIMULATED_TABLES = 100_000;

/**
 * Simulates tables in which all rows scatter alike. Returns the fraction of these tables in which a
 * single row contributes at least `share` of the sum of all squared deviations.
 *
 * @param freedoms degrees of freedom of each row
 *
 * @example
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * // Cochran's table: 5 rows of 3 values, level 5 %
 * assertAlmostEquals(chanceOfShare(0.684, [2, 2, 2, 2, 2]), 0.05, 0.005);
 * ```
 */
export function chanceOfShare(share: number, freedoms: readonly number[], seed = 1): number {
  const chiSquare = chiSquareStream(seed, "cochran");
  let found = 0;
  for (let table = 0; table < SIMULATED_TABLES; table++) {
    let [all, most] = [0, 0];
    for (const freedom of freedoms) {
      const squares = chiSquare(freedom);
      all += squares;
      most = Math.max(most, squares);
    }
    if (most >= share * all) found++;
  }
  return found / SIMULATED_TABLES;
}
