/** Times contenders in interleaved rounds, which share the machine's varying load fairly. */
import type { Contender } from "./contender.ts";
import { loadAverage } from "./sitting.ts";

export interface RoundOptions {
  /** Each contender has one turn per round. */
  readonly rounds: number;
  readonly steps: number;
  /** Untimed steps before the first turn. */
  readonly warmUp: number;
  readonly onTurn?: (done: number, turns: number) => void;
  /** Awaited between the warm-up and the first round. */
  readonly settle?: () => Promise<void>;
  readonly readLoad?: () => number;
}

/** Times of a contender's steps, in milliseconds. */
export interface Timing {
  readonly name: string;
  readonly median: number;
  readonly best: number;
  /** First and third quartile of all steps. */
  readonly quartiles: readonly [number, number];
  /** The median of each round. */
  readonly rounds: readonly number[];
  /** The peer, if the contender is a configuration of a peer. */
  readonly peer?: string;
  /** The highest load average before a turn. */
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
 * Returns the median over the rounds of the ratio of two medians.
 *
 * @returns the ratio, and the smallest and largest ratio of a round
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

/** Summarizes a contender's rounds. */
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
 * Returns a quantile, interpolated between the nearest values.
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
