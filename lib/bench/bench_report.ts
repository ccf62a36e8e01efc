/**
 * Defines a benchmark's report, compares the times with the goals, and formats the report as text.
 */
import { alignColumns } from "../display/align_columns.ts";
import type { Goal } from "./contender.ts";
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
  /** Measurements other than step times, by name. */
  readonly measures: Readonly<Record<string, number>>;
}

/** A goal and the ratio that was measured for it. */
export interface Ratio extends Goal {
  /**
   * The name of the contender that was compared with. If `against` names a peer, this is the peer's
   * best configuration.
   */
  readonly best: string;
  readonly ratio: number;
  /** The smallest ratio in any round; `largest` is the largest ratio in any round. */
  readonly smallest: number;
  readonly largest: number;
}

/**
 * Computes the measured ratio for each goal. Skips a goal if either of its contenders was not
 * timed.
 */
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
 * Returns the timing of a contender. For a peer, returns the timing of the configuration with the
 * lowest median.
 */
export function bestOf(
  timings: readonly Timing[],
  name: string,
): Timing | undefined {
  return timings.filter((timing) => (timing.peer ?? timing.name) === name)
    .toSorted((a, b) => a.median - b.median).at(0);
}

/** Returns the report as lines of text. */
export function formatBenchReport(report: BenchReport): string {
  const rows = report.timings.map((timing) => [
    timing.name,
    timing.median.toFixed(2),
    timing.best.toFixed(2),
    timing.quartiles.map((value) => value.toFixed(2)).join(" to "),
    timing.load?.toFixed(1) ?? "",
  ]);
  const ratios = report.ratios.map((ratio) => [
    `${ratio.contender} : ${ratio.best}`,
    ratio.ratio.toFixed(2),
    `${ratio.smallest.toFixed(2)} to ${ratio.largest.toFixed(2)}`,
    `${ratio.atMost}${ratio.ratio <= ratio.atMost ? "" : "  missed"}`,
  ]);
  const measures = Object.entries(report.measures).map(([name, value]) => [
    name,
    value.toFixed(1),
  ]);
  const { suite, processor, threads, versions } = report;
  const software = Object.entries(versions).map((pair) => pair.join(" "));
  return [
    `${suite}: ${processor}, ${threads} threads; ${software.join(", ")}`,
    "",
    alignColumns([
      ["ms per step", "median", "best", "middle half", "load before"],
      ...rows,
    ]),
    ...(ratios.length === 0 ? [] : [
      "",
      alignColumns([
        ["ratio", "median", "of the rounds", "at most"],
        ...ratios,
      ]),
    ]),
    ...(measures.length === 0 ? [] : ["", alignColumns(measures)]),
  ].join("\n");
}
