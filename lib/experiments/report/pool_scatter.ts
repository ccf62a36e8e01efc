/**
 * Measures how much the runs of a row scatter, that is, how much the logarithms of their Fréchet
 * distances differ.
 */
import { mean, sum } from "simple-statistics";

/** The Fréchet distances of a row. There is one distance for each seed. */
export interface RowDistances {
  readonly name: string;
  readonly distances: readonly number[];
}

/** Measures how much the runs differ from the means of their rows. */
export interface Scatter {
  /**
   * The sum of the squared differences between the logarithm of each run's distance and the mean
   * logarithm of its row.
   */
  readonly squares: number;
  /** The degrees of freedom, which are the number of runs minus the number of rows. */
  readonly freedom: number;
}

/** Returns the mean of the logarithms of a row's distances. */
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

/** Returns the standard deviation of the logarithms of the distances over seeds. */
export function deviationOf({ squares, freedom }: Scatter): number {
  return Math.sqrt(squares / freedom);
}
