/**
 * Tests what could give a run whose images look bad one of a table's best scores. In the original
 * report, that is the run with both learning rates at 1e-5.
 */
import { sampleRankCorrelation } from "simple-statistics";
import { randomStream } from "../../random.ts";

/** A row's score; lower is better. */
export interface RowScore {
  readonly name: string;
  readonly score: number;
}

export interface RowPlace {
  /** The row's place in the table, from 1 for the best. Equal scores share the better place. */
  readonly place: number;
  /** Number of rows. */
  readonly of: number;
  /** The row's score divided by the base's. */
  readonly ratio: number;
}

/**
 * Returns the place of a row among scores.
 *
 * @throws {RangeError} when the row or the base has no score
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * const scores = [{ name: "base", score: 50 }, { name: "slow", score: 40 }];
 * assertEquals(placeRow("slow", scores), { place: 1, of: 2, ratio: 0.8 });
 * ```
 */
export function placeRow(name: string, scores: readonly RowScore[], base = "base"): RowPlace {
  const scoreOf = (wanted: string) => {
    const found = scores.find(({ name }) => name === wanted);
    if (found) return found.score;
    throw new RangeError(`Placing '${name}': wanted a score of '${wanted}', found none.`);
  };
  const own = scoreOf(name);
  return {
    place: 1 + scores.filter(({ score }) => score < own).length,
    of: scores.length,
    ratio: own / scoreOf(base),
  };
}

/** A row's reported score and its measured score. */
export interface ScorePair {
  readonly name: string;
  readonly reported: number;
  readonly measured: number;
}

/** The effect of swapping two rows' reported scores. */
export interface Swap {
  readonly between: readonly [string, string];
  /** Rank correlation of reported and measured scores after the swap. */
  readonly correlation: number;
}

/**
 * Tries swapping the reported scores of each pair of rows, and returns the swaps, best agreement
 * first.
 *
 * @throws {RangeError} when there are fewer than three rows
 */
export function trySwaps(rows: readonly ScorePair[]): Swap[] {
  if (rows.length < 3) {
    throw new RangeError(`Swapping rows: wanted at least three, found ${rows.length}.`);
  }
  const measured = rows.map(({ measured }) => measured);
  const swaps = rows.flatMap(({ name, reported }, i) =>
    rows.slice(0, i).map((other, j): Swap => {
      const scores = rows.map(({ reported }) => reported).with(i, other.reported).with(j, reported);
      return {
        between: [other.name, name],
        correlation: sampleRankCorrelation(scores, measured),
      };
    })
  );
  return swaps.toSorted((a, b) => b.correlation - a.correlation);
}

export interface ShuffleOptions {
  /** Number of shuffled columns. */
  readonly tables: number;
  readonly seed: number;
}

/**
 * Shuffles the reported scores again and again, and returns the rank correlation after the best
 * swap of each shuffled column. This is what the best swap achieves if the report's order has
 * nothing to do with the measured one.
 *
 * @throws {RangeError} when there are fewer than three rows
 */
export function bestSwapsByChance(
  rows: readonly ScorePair[],
  { tables, seed }: ShuffleOptions,
): number[] {
  const stream = randomStream(seed, "shuffled scores");
  return Array.from({ length: tables }, () => {
    const order = stream.permutation(rows.length);
    const shuffled = rows.map((row, i) => ({ ...row, reported: rows[order[i]].reported }));
    return trySwaps(shuffled)[0].correlation;
  });
}
