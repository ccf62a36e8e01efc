/**
 * Times contenders in interleaved rounds. If the load of the machine varies, then it affects all
 * contenders in a similar way.
 */
import type { Contender } from "./contender.ts";
import { averageOthers, type OtherWork, readOtherWork, type ReadPeriod } from "./other_work.ts";
import { loadAverage } from "./sitting.ts";

export interface RoundOptions {
  /** Number of rounds. In each round, every contender has one turn. */
  readonly rounds: number;
  /** Number of steps in a turn. */
  readonly steps: number;
  /**
   * The minimum duration of a turn in milliseconds. If `steps` steps take less time than this (0 by
   * default), then the turn has more steps, up to {@linkcode MOST_STEPS_PER_TURN}.
   */
  readonly leastMilliseconds?: number;
  /** Number of untimed steps that each contender takes before the first round. */
  readonly warmUp: number;
  readonly onTurn?: (done: number, turns: number) => void;
  /** Called after the warm-up, and awaited before the first round. */
  readonly settle?: () => Promise<void>;
  readonly readLoad?: () => number;
  readonly readOthers?: () => OtherWork | undefined;
}

/** Statistics of the times of a contender's steps, in milliseconds. */
export interface Timing {
  readonly name: string;
  readonly median: number;
  readonly best: number;
  /** The first and third quartiles of the times of all steps. */
  readonly quartiles: readonly [number, number];
  /** The median time of the steps in each round. */
  readonly rounds: readonly number[];
  /** Name of the peer, if the contender is a configuration of a peer. */
  readonly peer?: string;
  /** The highest load average that was measured before one of the contender's turns. */
  readonly load?: number;
  /**
   * The number of cores that other programs kept busy during the contender's turns, on average. It
   * is undefined if the system does not tell it.
   */
  readonly others?: number;
}

/** The highest number of steps to which the turn of a fast contender is extended. */
export const MOST_STEPS_PER_TURN = 500;

/**
 * Times contenders in rounds. Within each round, the contenders take turns. If V8 runs with the
 * flag `--expose-gc`, then garbage is collected before each turn, so that no contender spends time
 * on another contender's garbage.
 */
export async function timeInRounds(
  contenders: readonly Contender[],
  { rounds, steps, leastMilliseconds = 0, warmUp, onTurn, settle, ...read }: RoundOptions,
): Promise<Timing[]> {
  const turns: number[] = [];
  for (const contender of contenders) {
    await contender.time(warmUp);
    turns.push(
      leastMilliseconds === 0
        ? steps
        : Math.max(steps, stepsIn(leastMilliseconds, await contender.time(warmUp))),
    );
  }
  await settle?.();
  const taken = contenders.map((): Turn[] => []);
  for (let round = 0; round < rounds; round++) {
    for (const [i, contender] of contenders.entries()) {
      taken[i].push(await takeTurn(contender, turns[i], read));
      onTurn?.(round * contenders.length + i + 1, rounds * contenders.length);
    }
  }
  return contenders.map(({ name, peer }, i) => ({
    ...summarizeTurns(name, taken[i]),
    ...(peer === undefined ? {} : { peer }),
  }));
}

/** A contender's turn in a round. */
export interface Turn {
  /** The times of the steps, in milliseconds. */
  readonly times: readonly number[];
  /** The load average before the turn. */
  readonly load: number;
  /** The work of other programs before and after the turn. */
  readonly others: ReadPeriod;
}

async function takeTurn(
  contender: Contender,
  steps: number,
  { readLoad = loadAverage, readOthers = readOtherWork }: Pick<
    RoundOptions,
    "readLoad" | "readOthers"
  >,
): Promise<Turn> {
  const load = readLoad();
  (globalThis as { readonly gc?: () => void }).gc?.();
  const before = readOthers();
  const times = await contender.time(steps);
  return { times, load, others: [before, readOthers()] };
}

/**
 * Estimates from the median of `times` how many steps are needed to fill the given number of
 * milliseconds, and returns at most {@linkcode MOST_STEPS_PER_TURN}.
 */
function stepsIn(milliseconds: number, times: readonly number[]): number {
  return Math.min(MOST_STEPS_PER_TURN, Math.ceil(milliseconds / quantile(times, 0.5)));
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

/** Computes the statistics of a contender, and how busy the machine was in its turns. */
export function summarizeTurns(name: string, turns: readonly Turn[]): Timing {
  return {
    ...summarize(name, turns.map(({ times }) => times)),
    load: Math.max(...turns.map(({ load }) => load)),
    ...averageOthers(turns.map(({ others }) => others)),
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
