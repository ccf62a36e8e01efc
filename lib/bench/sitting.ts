/**
 * Keeps track of sittings. A sitting is a series of measurements on one idle machine. Figures from
 * different sittings are not comparable, so every report stores its sitting and the load of the
 * machine.
 */
import { setTimeout as delay } from "node:timers/promises";

export interface Sitting {
  /** The time at which the sitting started. This time identifies the sitting. */
  readonly began: string;
  /** The load average in the minute before the sitting started. */
  readonly load: number;
}

/** The highest load average at which the machine counts as idle, so that a sitting may start. */
export const mostLoadBefore = 0.5;

/**
 * Returns the highest load average that is allowed before a turn. It is higher than the limit for
 * the start of a sitting, because the benchmark's threads have been busy.
 */
export const mostLoadDuring = (threads: number): number => threads + 1;

/**
 * The highest number of cores that other programs may keep busy during a benchmark, on average over
 * its contenders. The load average alone would let a program pass that fills a whole core, because
 * the contenders that use fewer threads leave room for it below {@linkcode mostLoadDuring}. On an
 * idle machine, the system itself keeps about 0.02 cores busy.
 */
export const mostOthers = 0.1;

const variable = "SUDOGAN_SITTING";

/** Returns whether this process belongs to a sitting that another process started. */
export function isInSitting(): boolean {
  return Deno.env.has(variable);
}

/** Returns the sitting that the parent process started. If there is none, returns a new sitting. */
export function currentSitting(): Sitting {
  const given = Deno.env.get(variable);
  return given === undefined
    ? { began: new Date().toISOString(), load: loadAverage() }
    : JSON.parse(given);
}

/** Returns the environment variables that make a child process part of a sitting. */
export function sittingEnvironment(sitting: Sitting): Record<string, string> {
  return { [variable]: JSON.stringify(sitting) };
}

/** Returns the load average over the last minute. */
export function loadAverage(): number {
  return Deno.loadavg()[0];
}

/**
 * Waits until the load average has settled, but for at most five minutes. If the machine is still
 * too busy after five minutes, the figures are rejected later.
 *
 * @param most the highest acceptable load average. The default is 1. A warm-up that runs compilers
 * raises the load average, but within a minute the load average falls back to 1.
 */
export async function settleDown(most: number = CALM): Promise<void> {
  for (let i = 0; i < MOST_WAITS && loadAverage() > most; i++) {
    await delay(WAIT_MILLISECONDS);
  }
}

const CALM = 1;
const WAIT_MILLISECONDS = 5000;
const MOST_WAITS = 60;

/** The parts of a report that record its sitting and the load of the machine. */
export interface SatReport {
  readonly suite: string;
  readonly sitting?: Sitting;
  readonly threads?: number;
  readonly timings?: readonly LoadedTiming[];
  readonly races?: readonly { readonly timings: readonly LoadedTiming[] }[];
  readonly parts?: readonly LoadedTiming[];
}

interface LoadedTiming {
  readonly name: string;
  readonly load?: number;
  /** Not recorded in old reports and on systems that do not tell it. */
  readonly others?: number;
}

/**
 * Returns the reasons why the figures of these reports must not be shown together.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * const sitting = { began: "2026-11-23T12:00:00Z", load: 2 };
 * assertEquals(faultsOfSitting([{ suite: "A", sitting, timings: [] }]), [
 *   "A: the load average before the sitting was 2, at most 0.5 is allowed",
 * ]);
 * ```
 */
export function faultsOfSitting(reports: readonly SatReport[]): string[] {
  const began = new Set(reports.map(({ sitting }) => sitting?.began));
  const several = began.size > 1
    ? [`measured in ${began.size} sittings: ${[...began].join(", ")}`]
    : [];
  return [...several, ...reports.flatMap(faultsOf)];
}

function faultsOf(report: SatReport): string[] {
  const { suite, sitting, threads = 1, timings, races = [], parts = [] } = report;
  if (!sitting) return [`${suite}: no sitting is recorded`];
  const before = sitting.load > mostLoadBefore
    ? [
      `${suite}: the load average before the sitting was ${sitting.load}, at most ${mostLoadBefore} is allowed`,
    ]
    : [];
  const turns = [...timings ?? [], ...races.flatMap(({ timings }) => timings), ...parts];
  const most = mostLoadDuring(threads);
  const during = turns.flatMap(({ name, load }) =>
    load !== undefined && load <= most ? [] : [
      `${suite}: the load average before ${name} was ${load ?? "not recorded"}, at most ` +
      `${most} is allowed`,
    ]
  );
  return [...before, ...during, ...faultsOfOthers(suite, turns)];
}

function faultsOfOthers(suite: string, timings: readonly LoadedTiming[]): string[] {
  const others = timings.flatMap(({ others }) => others ?? []);
  const mean = others.reduce((sum, cores) => sum + cores, 0) / others.length;
  // Without any record, the mean is NaN, and only the load counts.
  if (!(mean > mostOthers)) return [];
  return [
    `${suite}: other programs kept ${mean.toFixed(2)} cores busy, at most ${mostOthers} is allowed`,
  ];
}
