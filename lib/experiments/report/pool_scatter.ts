/** Measures how much the runs of rows scatter, in logarithms of the Fréchet distance. */
import { mean, sum } from "simple-statistics";

/** The Fréchet distances of a row, one per seed. */
export interface RowDistances {
  readonly name: string;
  readonly distances: readonly number[];
}

/** The scatter of runs around the means of their rows. */
export interface Scatter {
  /** Sum of squared differences of log distances from the mean of their row. */
  readonly squares: number;
  /** Degrees of freedom: the number of runs without the number of rows. */
  readonly freedom: number;
}

/** Returns the mean log distance of a row. */
export function meanLog({ distances }: RowDistances): number {
  return mean(distances.map(Math.log));
}

/** Adds up the scatter of several rows. */
export function poolScatter(rows: readonly RowDistances[]): Scatter {
  return {
    squares: sum(rows.map((row) => {
      const center = meanLog(row);
      return sum(row.distances.map((distance) => (Math.log(distance) - center) ** 2));
    })),
    freedom: sum(rows.map(({ distances }) => distances.length - 1)),
  };
}

/** Returns the standard deviation of log distances over seeds. */
export function deviationOf({ squares, freedom }: Scatter): number {
  return Math.sqrt(squares / freedom);
}
