/**
 * Tests which rows differ from the base by more than chance. Over seeds, the logarithm of FID is
 * nearly normally distributed, but FID itself is not. So differences are computed between
 * logarithms and reported as ratios. The confidence intervals use a standard deviation that is
 * pooled over all rows. They also use Dunnett's critical value, so that all intervals hold
 * simultaneously.
 */
import { mean, sum } from "simple-statistics";
import { dunnettCriticalValue } from "./dunnett.ts";

/** The Fréchet distances of a row, one per seed. */
export interface RowDistances {
  readonly name: string;
  readonly distances: readonly number[];
}

export interface Difference {
  readonly name: string;
  /** The row's distance divided by the base's distance. Both are geometric means over seeds. */
  readonly ratio: number;
  /** Lower end of the ratio's simultaneous 95 % confidence interval; `to` is the upper end. */
  readonly from: number;
  readonly to: number;
  /**
   * Whether the row is better or worse than the base. It is indistinguishable from the base if the
   * interval contains 1.
   */
  readonly verdict: "better" | "worse" | "indistinguishable";
}

export interface RowComparison {
  readonly differences: readonly Difference[];
  /** Standard deviation of the logarithm of FID over seeds, pooled over rows. */
  readonly deviation: number;
  readonly freedom: number;
  readonly criticalValue: number;
}

/**
 * Compares every row with the base.
 *
 * @throws {RangeError} when there are no rows besides the base, or no row has at least two seeds
 */
export function compareWithBase(
  base: RowDistances,
  others: readonly RowDistances[],
): RowComparison {
  const logs = [base, ...others].map(({ distances }) =>
    distances.map((distance) => Math.log(distance))
  );
  const { squares, freedom } = poolLogs(logs);
  const deviation = Math.sqrt(squares / freedom);
  const criticalValue = dunnettCriticalValue({
    control: base.distances.length,
    others: others.map(({ distances }) => distances.length),
    freedom,
  });
  const ofBase = mean(logs[0]);
  const differences = others.map(({ name, distances }, i) => {
    const difference = mean(logs[i + 1]) - ofBase;
    const half = criticalValue * deviation *
      Math.sqrt(1 / distances.length + 1 / base.distances.length);
    return describe(name, difference, half);
  });
  return Object.freeze({ differences, deviation, freedom, criticalValue });
}

/** The pooled deviation of log distances if a row is left out. */
export interface DeviationWithout {
  readonly name: string;
  readonly deviation: number;
}

/**
 * Returns the pooled deviation without each row, smallest first. Pooling assumes that all rows
 * scatter alike. If the first deviation is much smaller than the others, one row breaks this
 * assumption and widens the intervals of all others.
 */
export function deviationsWithout(rows: readonly RowDistances[]): DeviationWithout[] {
  return rows.map(({ name }) => {
    const others = rows.filter((row) => row.name !== name);
    const { squares, freedom } = poolLogs(others.map(({ distances }) => distances.map(Math.log)));
    return { name, deviation: Math.sqrt(squares / freedom) };
  }).filter(({ deviation }) => Number.isFinite(deviation))
    .toSorted((a, b) => a.deviation - b.deviation);
}

/** Sums squared differences from each row's own mean, and counts degrees of freedom. */
function poolLogs(logs: readonly (readonly number[])[]): { squares: number; freedom: number } {
  const squares = sum(logs.map((values) => {
    const center = mean([...values]);
    return sum(values.map((value) => (value - center) ** 2));
  }));
  return { squares, freedom: sum(logs.map(({ length }) => length - 1)) };
}

function describe(name: string, difference: number, half: number): Difference {
  const [from, to] = [difference - half, difference + half].map(Math.exp);
  const verdict = to < 1 ? "better" : from > 1 ? "worse" : "indistinguishable";
  return { name, ratio: Math.exp(difference), from, to, verdict };
}
