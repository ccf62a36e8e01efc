/**
 * Times contenders in interleaved rounds. If the load of the machine varies, then it affects all
 * contenders in a similar way.
 */
import type { Contender } from "./contender.ts";
import { loadAverage } from "./sitting.ts";

export interface RoundOptions {
  /** Number of rounds. In each round, every contender has one turn. */
  readonly rounds: number;
  readonly steps: number;
  /** Number of untimed steps that each contender takes before the first round. */
  readonly warmUp: number;
  readonly onTurn?: (done: number, turns: number) => void;
  /** Called after the warm-up, and awaited before the first round. */
  readonly settle?: () => Promise<void>;
  readonly readLoad?: () => number;
}

/** Statistics of the times of a contender's steps, in milliseconds. */
export interface Timing {
  readonly name: string;
  readonly median: number;
  readonly best: number;
  /** The first and third quartiles of all steps. */
  readonly quartiles: readonly [number, number];
  /** The median time of the steps in each round. */
  readonly rounds: readonly number[];
  /** Name of the peer, if the contender is a configuration of a peer. */
  readonly peer?: string;
  /** The highest load average that was measured before one of the contender's turns. */
  readonly load?: number;
}

/** Times contenders in rounds. Within each round, the contenders take turns. */
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
 * Compares two timings. For each round, this function computes the ratio of the two medians.
 *
 * @returns the median, the smallest and the largest of these ratios
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

/** Computes the statistics of a contender from its step times in each round. */
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
 * Returns a quantile of the values. If the quantile lies between two values, then it is
 * interpolated.
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
