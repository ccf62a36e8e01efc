/**
 * Times contenders in interleaved rounds. A machine's load varies, so contenders are only
 * comparable if they take turns.
 */
import type { Contender } from "./contender.ts";
import { loadAverage } from "./sitting.ts";

export interface RoundOptions {
  /** Number of rounds. Each contender has one turn per round. */
  readonly rounds: number;
  /** Number of steps per turn. */
  readonly steps: number;
  /** Number of untimed steps before the first turn, for compilation and caches. */
  readonly warmUp: number;
  readonly onTurn?: (done: number, turns: number) => void;
  /** Called and awaited between the warm-up and the first round. */
  readonly settle?: () => Promise<void>;
  /** Returns the machine's load average. By default, it comes from the operating system. */
  readonly readLoad?: () => number;
}

/** Times of one contender's steps, in milliseconds. */
export interface Timing {
  readonly name: string;
  readonly median: number;
  readonly best: number;
  /** The first and the third quartile of all step times. */
  readonly quartiles: readonly [number, number];
  /** The median step time of each round. */
  readonly rounds: readonly number[];
  /** If the contender is one configuration of a peer, this is the peer's name. */
  readonly peer?: string;
  /** The highest of the load averages that were read before the contender's turns. */
  readonly load?: number;
}

/** Times contenders in turns. */
export async function timeInRounds(
  contenders: readonly Contender[],
  { rounds, steps, warmUp, onTurn, settle, readLoad = loadAverage }: RoundOptions,
): Promise<Timing[]> {
  for (const contender of contenders) await contender.time(warmUp);
  await settle?.();
  const times = contenders.map((): (readonly number[])[] => []);
  const loads = contenders.map(() => 0);
  for (let round = 0; round < rounds; round++) {
    for (const [i, contender] of contenders.entries()) {
      loads[i] = Math.max(loads[i], readLoad());
      times[i].push(await contender.time(steps));
      onTurn?.(round * contenders.length + i + 1, rounds * contenders.length);
    }
  }
  return contenders.map(({ name, peer }, i) => ({
    ...summarize(name, times[i]),
    ...(peer === undefined ? {} : { peer }),
    load: loads[i],
  }));
}

/**
 * Returns the ratio of two contenders' times. Each round gives one ratio, that of the two medians.
 * The result is the median of these ratios.
 *
 * @returns the ratio, and the smallest and largest ratio in any round
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * const timing = (rounds: number[]) => summarize("", rounds.map((ms) => [ms]));
 * assertEquals(compareTimings(timing([1, 2, 3]), timing([2, 2, 2])), {
 *   ratio: 1,
 *   smallest: 0.5,
 *   largest: 1.5,
 * });
 * ```
 */
export function compareTimings(a: Timing, b: Timing): {
  readonly ratio: number;
  readonly smallest: number;
  readonly largest: number;
} {
  const ratios = a.rounds.map((median, i) => median / b.rounds[i]);
  return {
    ratio: quantile(ratios, 0.5),
    smallest: Math.min(...ratios),
    largest: Math.max(...ratios),
  };
}

/** Summarizes the times of one contender's rounds. */
export function summarize(
  name: string,
  rounds: readonly (readonly number[])[],
): Timing {
  const all = rounds.flat();
  return {
    name,
    median: quantile(all, 0.5),
    best: Math.min(...all),
    quartiles: [quantile(all, 0.25), quantile(all, 0.75)],
    rounds: rounds.map((times) => quantile(times, 0.5)),
  };
}

/**
 * Returns a quantile: the value below which the given fraction of all values lies. Interpolates
 * between the two nearest values.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * assertEquals(quantile([4, 1, 2, 3], 0.5), 2.5);
 * ```
 */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const at = share * (sorted.length - 1);
  const low = sorted[Math.floor(at)];
  return low + (sorted[Math.ceil(at)] - low) * (at - Math.floor(at));
}
