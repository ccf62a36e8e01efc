/** Defines the report of a benchmark and formats it as text. */
import { alignColumns } from "../display/align_columns.ts";
import type { Goal } from "./contender.ts";
import { type Figure, formatFigures } from "./figure.ts";
import { limitOf } from "./measure_limits.ts";
import { compareTimings, type Timing } from "./rounds.ts";
import type { Sitting } from "./sitting.ts";

export interface BenchReport {
  readonly suite: string;
  readonly date: string;
  readonly sitting: Sitting;
  readonly processor: string;
  readonly threads: number;
  readonly versions: Readonly<Record<string, string | number>>;
  readonly timings: readonly Timing[];
  readonly ratios: readonly Ratio[];
  readonly measures: Readonly<Record<string, number>>;
}

/** A goal together with the measured ratio. */
export interface Ratio extends Goal {
  /**
   * Name of the contender by whose time the measured time is divided. If the goal names a peer,
   * this is the peer's fastest configuration.
   */
  readonly best: string;
  readonly ratio: number;
  /** The smallest ratio in any round. */
  readonly smallest: number;
  readonly largest: number;
}

/** Computes the ratio for each goal. Goals whose contenders were not timed are left out. */
export function measureGoals(
  goals: readonly Goal[],
  timings: readonly Timing[],
): Ratio[] {
  return goals.flatMap((goal) => {
    const [a, b] = [goal.contender, goal.against].map((name) => bestOf(timings, name));
    return a && b ? [{ ...goal, best: b.name, ...compareTimings(a, b) }] : [];
  });
}

/**
 * Returns the timing of a contender. If `name` is a peer, then the function returns the timing of
 * the peer's configuration with the lowest median.
 */
export function bestOf(
  timings: readonly Timing[],
  name: string,
): Timing | undefined {
  return timings.filter((timing) => (timing.peer ?? timing.name) === name)
    .toSorted((a, b) => a.median - b.median).at(0);
}

/** Formats the report as text. */
export function formatBenchReport(report: BenchReport): string {
  const rows = report.timings.map((timing) => [
    timing.name,
    timing.median.toFixed(2),
    timing.best.toFixed(2),
    timing.quartiles.map((value) => value.toFixed(2)).join(" to "),
    timing.load?.toFixed(1) ?? "",
    timing.others?.toFixed(2) ?? "",
  ]);
  const ratios = report.ratios.map((ratio) => [
    `${ratio.contender} : ${ratio.best}`,
    ratio.ratio.toFixed(2),
    `${ratio.smallest.toFixed(2)} to ${ratio.largest.toFixed(2)}`,
    `${ratio.atMost}${ratio.ratio <= ratio.atMost ? "" : "  missed"}`,
  ]);
  const measures = Object.entries(report.measures).map(([name, value]): Figure => {
    const atMost = limitOf(name);
    return { name, value, ...(atMost === undefined ? {} : { atMost }) };
  });
  const { suite, processor, threads, versions } = report;
  const software = Object.entries(versions).map((pair) => pair.join(" "));
  return [
    `${suite}: ${processor}, ${threads} threads; ${software.join(", ")}`,
    "",
    alignColumns([
      ["ms per step", "median", "best", "middle half", "load before", "cores of others"],
      ...rows,
    ]),
    ...(ratios.length === 0 ? [] : [
      "",
      alignColumns([
        ["ratio", "median", "of the rounds", "at most"],
        ...ratios,
      ]),
    ]),
    ...(measures.length === 0 ? [] : ["", formatFigures(measures)]),
  ].join("\n");
}
