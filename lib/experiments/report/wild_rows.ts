/**
 * Finds wild rows, whose runs scatter far more than those of the other rows. Pooling assumes that
 * all rows scatter alike, so a single wild row widens the intervals of all others.
 *
 * The test is Cochran's (W. G. Cochran, "The distribution of the largest of a set of estimated
 * variances as a fraction of their total", 1941). It is used as in ISO 5725-2, which has the same
 * question about laboratories: at the level of 1 %, and repeated without the row that was found.
 *
 * Two alternatives do not suit rows of three seeds. Tests such as Levene's need more values per
 * row: of three distances from a median, one is always 0. And intervals that never pool (such as
 * those of Games and Howell) would rest on two degrees of freedom each, so they would find little.
 */
import { chiSquareStream } from "./normal_stream.ts";
import { deviationOf, poolScatter, type RowDistances } from "./pool_scatter.ts";

/** A row is wild if its share would be this rare among rows that scatter alike. */
const LEVEL = 0.01;

export interface WildRow extends RowDistances {
  /** The row's share of the squared deviations of all rows that were tested with it. */
  readonly share: number;
  /** Probability that any row has such a share if all rows scatter alike. */
  readonly chance: number;
  /** The row's own deviation over seeds. */
  readonly deviation: number;
}

/** Returns the wild rows, the wildest first. Rows with a single seed have no scatter. */
export function findWildRows(rows: readonly RowDistances[]): WildRow[] {
  const wild: WildRow[] = [];
  let calm = rows.filter(({ distances }) => distances.length > 1);
  // Of two rows, nobody could say which one is wild.
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

/** Number of simulated tables. The error of a chance near the level is about 0.0003. */
export const SIMULATED_TABLES = 100_000;

/**
 * Simulates tables in which all rows scatter alike, and returns the fraction of them in which some
 * row has at least the given share of all squared deviations.
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
