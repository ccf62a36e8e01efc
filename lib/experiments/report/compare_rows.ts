/**
 * Tests which rows of a table differ from the base by more than chance would explain. Across seeds,
 * the logarithms of a row's FIDs are nearly normally distributed, but the FIDs themselves are not.
 * So the rows are compared by the differences between these logarithms, and the differences are
 * reported as ratios of FIDs. For the confidence intervals, the standard deviation is pooled: a
 * single value is estimated from all rows together. The intervals also use Dunnett's critical
 * value, so that all of them hold simultaneously.
 *
 * Pooling is valid only if all rows scatter alike. If a row is wild (see {@linkcode findWildRows}),
 * then there is a second analysis, in which the wild row has its own standard deviation and only
 * the other rows are pooled. A row counts as better or worse than the base only if both analyses
 * say so.
 */
import { dunnettCriticalValue } from "./dunnett.ts";
import {
  deviationOf,
  meanLog,
  poolScatter,
  type RowDistances,
  type Scatter,
} from "./pool_scatter.ts";
import { findWildRows, type WildRow } from "./wild_rows.ts";

export interface Difference {
  readonly name: string;
  /** The row's FID divided by the base's FID. Both FIDs are geometric means over seeds. */
  readonly ratio: number;
  /**
   * The lower end of the ratio's 95 % confidence interval. The intervals of all rows hold
   * simultaneously. The upper end is `to`.
   */
  readonly from: number;
  readonly to: number;
  /**
   * Says whether the row is better or worse than the base. The row is indistinguishable from the
   * base if the interval contains 1.
   */
  readonly verdict: "better" | "worse" | "indistinguishable";
}

/**
 * The differences of all rows from the base. An analysis pools the standard deviations either of
 * all rows or of all rows that are not wild.
 */
export interface Analysis {
  readonly differences: readonly Difference[];
  /** The standard deviation of the logarithm of FID over seeds, pooled over rows. */
  readonly deviation: number;
  readonly freedom: number;
  readonly criticalValue: number;
}

export interface RowComparison extends Analysis {
  readonly wild: readonly WildRow[];
  /** The second analysis, in which wild rows are not pooled. It is undefined if no row is wild. */
  readonly apart?: Analysis | undefined;
}

/**
 * Compares every row with the base.
 *
 * @throws {RangeError} when there are no rows besides the base, or when no row has at least two
 * seeds
 */
export function compareWithBase(
  base: RowDistances,
  others: readonly RowDistances[],
): RowComparison {
  const wild = findWildRows([base, ...others]);
  return Object.freeze({
    ...analyse(base, others, []),
    wild,
    apart: wild.length > 0 ? analyse(base, others, wild.map(({ name }) => name)) : undefined,
  });
}

/**
 * Compares every row with the base. Each row that is named in `apart` gets its own standard
 * deviation, and the remaining rows are pooled.
 */
function analyse(
  base: RowDistances,
  others: readonly RowDistances[],
  apart: readonly string[],
): Analysis {
  const isApart = ({ name }: RowDistances) => apart.includes(name);
  const pool = poolScatter([base, ...others].filter((row) => !isApart(row)));
  const critical = criticalValues(base, others);
  const differences = others.map((row) => {
    const [own, ofBase] = [row, base].map((each) => isApart(each) ? poolScatter([each]) : pool);
    const error = standardError([row, own], [base, ofBase]);
    const freedom = own === ofBase ? pool.freedom : error.freedom;
    return describe(row.name, meanLog(row) - meanLog(base), critical(freedom) * error.size);
  });
  return {
    differences,
    deviation: deviationOf(pool),
    freedom: pool.freedom,
    criticalValue: critical(pool.freedom),
  };
}

/**
 * Returns a function that computes Dunnett's critical value for a given number of degrees of
 * freedom.
 */
function criticalValues(base: RowDistances, others: readonly RowDistances[]) {
  const control = base.distances.length;
  const counts = others.map(({ distances }) => distances.length);
  const known = new Map<number, number>();
  return (freedom: number): number => {
    const value = known.get(freedom) ??
      dunnettCriticalValue({ control, others: counts, freedom });
    known.set(freedom, value);
    return value;
  };
}

/**
 * Returns the standard error of the difference between two means whose standard deviations are
 * estimated separately. Also returns Welch's degrees of freedom, rounded down.
 */
function standardError(...sides: readonly (readonly [RowDistances, Scatter])[]) {
  const parts = sides.map(([{ distances }, { squares, freedom }]) => ({
    square: squares / freedom / distances.length,
    freedom,
  }));
  const square = parts.reduce((sum, part) => sum + part.square, 0);
  const inverse = parts.reduce((sum, part) => sum + part.square ** 2 / part.freedom, 0);
  return { size: Math.sqrt(square), freedom: Math.max(1, Math.floor(square ** 2 / inverse)) };
}

function describe(name: string, difference: number, half: number): Difference {
  const [from, to] = [difference - half, difference + half].map(Math.exp);
  const verdict = to < 1 ? "better" : from > 1 ? "worse" : "indistinguishable";
  return { name, ratio: Math.exp(difference), from, to, verdict };
}

/** The verdict of both analyses, or `depends` if the two analyses disagree. */
export type SettledVerdict = Difference["verdict"] | "depends";

/** Returns the verdict on a row, or undefined if the row was not compared. */
export function settledVerdict(
  { differences, apart }: Pick<RowComparison, "differences" | "apart">,
  name: string,
): SettledVerdict | undefined {
  const verdictIn = (all: readonly Difference[]) =>
    all.find((difference) => difference.name === name)?.verdict;
  const pooled = verdictIn(differences);
  return apart && verdictIn(apart.differences) !== pooled ? "depends" : pooled;
}
