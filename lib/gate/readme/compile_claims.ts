/** Derives the numbers in lib/compile/README.md from data/benchmarks/bench-compile.json. */
import { type BenchReport, bestOf } from "../../bench/bench_report.ts";
import { EXAMPLE_GOAL, exampleTitles } from "../../bench/example_contenders.ts";
import { layersLimits, tableName } from "../../bench/layers_contenders.ts";
import { benchedModels } from "../../bench/layers_models.ts";
import { nameContender } from "../../bench/layers_steps.ts";
import { limitOf, titleOfFirstCall } from "../../bench/measure_limits.ts";
import { describeMisses } from "../../bench/missed_goals.ts";
import { compareTimings } from "../../bench/rounds.ts";
import type { Account, Sentence, Table } from "./figures.ts";

/**
 * Returns the sentences and tables of lib/compile/README.md with their current values. If there is
 * no report, then the tables contain only their headers.
 */
export function accountOfCompile(report: BenchReport | undefined): Account {
  return {
    sentences: report
      ? [
        {
          template: "medians in milliseconds per step, on {} cores of an {*} with nothing else",
          values: [String(report.threads), report.processor],
        },
        tableSentence(report),
        missedSentence(report),
        ...firstCallSentences(report),
      ]
      : [],
    tables: [modelTable(report), exampleTable(report), costTable(report)],
    settled: [
      { phrase: "3 epochs", reason: "the output of the example" },
      {
        phrase: "160,000 numbers",
        reason: "5,000 words with 32 numbers each, in lib/bench/layers_models.ts",
      },
      { phrase: "`mostTraces` (64)", reason: "MOST_TRACES in lib/compile/trace_store.ts" },
      { phrase: "tfjs-node 4.22", reason: "the version in deno.json" },
      ...(report
        ? []
        : [{ phrase: "on 2 cores of an", reason: "the machine, until it is measured" }]),
    ],
  };
}

/** Returns a sentence about the part of the embedding's step that no graph can leave out. */
function tableSentence(report: BenchReport): Sentence {
  return {
    template:
      "TensorFlow's operations on the table of “embedding and dense” alone take {*}. They look",
    values: [describeTable(report)],
  };
}

function describeTable({ timings }: BenchReport): string {
  const { title, goal } = benchedModels.embedding;
  const table = bestOf(timings, tableName);
  const whole = bestOf(timings, nameContender(title, "eager"));
  if (!table || !whole) return "a time that has not been measured yet";
  const { ratio } = compareTimings(table, whole);
  const share = `${table.median.toFixed(2)} ms with default threads, which is ` +
    `${ratio.toFixed(3)} of plain tfjs's time for the whole model`;
  return ratio > goal
    ? `${share}, so its goal of ${goal} cannot be reached with these operations and threads`
    : `${share}, so its goal of ${goal} leaves ${(goal - ratio).toFixed(3)} for all the rest`;
}

/** Returns the sentence that names every missed goal of the report. */
function missedSentence(report: BenchReport): Sentence {
  const misses = describeMisses(
    report,
    ({ contender, best }) => `“${contender}” against “${best}”`,
  );
  return {
    template: "Missed goals: {*}. All other goals are met.",
    values: [misses.join(", ") || "none"],
  };
}

/** Compares the first compiled calls with steps in plain tfjs. */
function firstCallSentences({ timings, measures }: BenchReport): Sentence[] {
  const steps = Object.entries(measures).flatMap(([name, milliseconds]) => {
    const title = titleOfFirstCall(name);
    const eager = title && bestOf(timings, nameContender(title, "eager"));
    return eager ? [milliseconds / eager.median] : [];
  });
  if (steps.length === 0) return [];
  return [{
    template:
      "the first call that can be traced takes as long as {} to {} steps of the same model in plain tfjs",
    values: [Math.min(...steps), Math.max(...steps)].map((count) => count.toFixed(0)),
  }];
}

function modelTable(report: BenchReport | undefined): Table {
  const rows = Object.values(benchedModels).map(({ title, goal }) => {
    const [contender, eager] = [nameContender(title, "accelerated"), nameContender(title, "eager")];
    return [
      title,
      median(report, eager),
      median(report, contender),
      ratio(report, contender, eager),
      String(goal),
      ratio(report, nameContender(title, "fit"), contender),
      ratio(report, contender, nameContender(title, "keras")),
    ];
  });
  const head = [
    "model",
    "tfjs-node",
    "accelerated",
    "ratio",
    "goal",
    `\`fit\` : step (goal ${layersLimits.fit})`,
    `ratio to Keras (goal ${layersLimits.keras})`,
  ];
  return { rows: [head, ...report ? rows : []] };
}

function exampleTable(report: BenchReport | undefined): Table {
  const rows = exampleTitles.map((title) => {
    const [contender, against] = [
      nameContender(title, "accelerated"),
      nameContender(title, "eager"),
    ];
    return [
      title,
      median(report, against),
      median(report, contender),
      ratio(report, contender, against),
    ];
  });
  return {
    rows: [
      ["example", "tfjs-node", "accelerated", `ratio (goal ${EXAMPLE_GOAL})`],
      ...report ? rows : [],
    ],
  };
}

function costTable(report: BenchReport | undefined): Table {
  const rows = Object.entries(report?.measures ?? {}).map(([name, value]) => [
    name,
    value.toFixed(0),
    limitOf(name)?.toFixed(0) ?? "",
  ]);
  return { rows: [["cost", "measured", "goal"], ...rows] };
}

function median(report: BenchReport | undefined, name: string): string {
  return report && bestOf(report.timings, name)?.median.toFixed(1) || "";
}

function ratio(report: BenchReport | undefined, contender: string, against: string): string {
  const found = report?.ratios.find((one) =>
    one.contender === contender && one.against === against
  );
  return found ? found.ratio.toFixed(2) : "";
}
