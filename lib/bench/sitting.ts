/**
 * A sitting: what was measured in one go on one machine. Figures of different sittings are not
 * comparable, and neither are those of a machine that had other work to do, so both are kept beside
 * the figures.
 */
import { setTimeout as delay } from "node:timers/promises";

export interface Sitting {
  /** When it began, which is its name too. */
  readonly began: string;
  /** The load average of the minute before it. */
  readonly load: number;
}

/** Most that the load average may be before a sitting: a machine with nothing else to do. */
export const mostLoadBefore = 0.5;

/**
 * Most that it may be before a contender's turn, where the benchmark's own threads have been busy
 * for minutes: one more than there are processors to keep.
 */
export const mostLoadDuring = (threads: number): number => threads + 1;

const variable = "SUDOGAN_SITTING";

/** Whether this process measures in a sitting that another one began. */
export function isInSitting(): boolean {
  return Deno.env.has(variable);
}

/**
 * The sitting that this process is part of: the one that its parent began, else one that begins
 * now.
 */
export function currentSitting(): Sitting {
  const given = Deno.env.get(variable);
  return given === undefined
    ? { began: new Date().toISOString(), load: loadAverage() }
    : JSON.parse(given);
}

/** The environment for a process that measures in this sitting too. */
export function sittingEnvironment(sitting: Sitting): Record<string, string> {
  return { [variable]: JSON.stringify(sitting) };
}

/** The load average of the last minute. */
export function loadAverage(): number {
  return Deno.loadavg()[0];
}

/**
 * Waits for the load average to forget what ran before, five minutes at most: a machine that stays
 * busy is not waited for, its figures are refused later.
 *
 * @param most the load average to wait for; default: what the compilers of a warm-up leave after a
 * minute
 */
export async function settleDown(most: number = CALM): Promise<void> {
  for (let i = 0; i < MOST_WAITS && loadAverage() > most; i++) {
    await delay(WAIT_MILLISECONDS);
  }
}

const CALM = 1;
const WAIT_MILLISECONDS = 5000;
const MOST_WAITS = 60;

/** A report, as far as its sitting goes. */
export interface SatReport {
  readonly suite: string;
  readonly sitting?: Sitting;
  readonly threads?: number;
  readonly timings?: readonly LoadedTiming[];
  readonly races?: readonly { readonly timings: readonly LoadedTiming[] }[];
}

interface LoadedTiming {
  readonly name: string;
  readonly load?: number;
}

/**
 * Why figures may not be shown side by side; none where they may.
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
  const { suite, sitting, threads = 1, timings, races = [] } = report;
  if (!sitting) return [`${suite}: no sitting is recorded`];
  const before = sitting.load > mostLoadBefore
    ? [
      `${suite}: the load average before the sitting was ${sitting.load}, at most ${mostLoadBefore} is allowed`,
    ]
    : [];
  const most = mostLoadDuring(threads);
  const during = (timings ?? races.flatMap(({ timings }) => timings)).flatMap(
    ({ name, load }) =>
      load !== undefined && load <= most ? [] : [
        `${suite}: the load average before ${name} was ${load ?? "not recorded"}, at most ` +
        `${most} is allowed`,
      ],
  );
  return [...before, ...during];
}
