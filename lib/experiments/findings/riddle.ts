/**
 * Tests possible reasons why a run got one of the best scores in its table even though its images
 * look bad. In the original report, this is the run with both learning rates at 1e-5.
 */
import { sampleRankCorrelation } from "simple-statistics";
import { randomStream } from "../../random.ts";

/** The score of a row. A lower score is better. */
export interface RowScore {
  readonly name: string;
  readonly score: number;
}

export interface RowPlace {
  /** The place of the row in the table: 1 plus the number of rows with a better score. */
  readonly place: number;
  /** The number of rows that have a score. */
  readonly of: number;
  /** The score of the row divided by the score of the base. */
  readonly ratio: number;
}

/**
 * Returns how a row ranks among all rows that have a score.
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

/** The score of a row in the report, and the score that was measured for the row. */
export interface ScorePair {
  readonly name: string;
  readonly reported: number;
  readonly measured: number;
}

/** The effect of swapping the reported scores of two rows. */
export interface Swap {
  readonly between: readonly [string, string];
  /** The rank correlation between the reported scores and the measured scores after the swap. */
  readonly correlation: number;
}

/**
 * Swaps the reported scores of each pair of rows in turn, and returns the effects of all swaps. The
 * swap that gives the highest rank correlation with the measured scores comes first.
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
  /** Number of times that the reported scores are shuffled. */
  readonly tables: number;
  readonly seed: number;
}

/**
 * Shuffles the reported scores many times. After each shuffle, finds the swap of two scores that
 * gives the highest rank correlation with the measured scores, and returns these correlations.
 * These correlations show what the best swap achieves if the order of the reported scores has
 * nothing to do with the order of the measured scores.
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
