/** Formats a benchmark's result as data and as a table. */
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
  /** Other measurements, by name. */
  readonly measures: Readonly<Record<string, number>>;
}

/** A goal and its measurement. */
export interface Ratio extends Goal {
  /** The contender that `against` refers to. */
  readonly best: string;
  readonly ratio: number;
  /** The smallest and largest ratio of the rounds. */
  readonly smallest: number;
  readonly largest: number;
}

/** Measures the goals whose two sides were both timed. */
export function measureGoals(
  goals: readonly Goal[],
  timings: readonly Timing[],
): Ratio[] {
  return goals.flatMap((goal) => {
    const [a, b] = [goal.contender, goal.against].map((name) => bestOf(timings, name));
    return a && b ? [{ ...goal, best: b.name, ...compareTimings(a, b) }] : [];
  });
}

/** Returns a contender's timing by its name, or a peer's best one: that with the lowest median. */
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
      ["ms a step", "median", "best", "middle half", "load before"],
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
