/** Derives the numbers in lib/compile/README.md from data/benchmarks/bench-compile.json. */
import { type BenchReport, bestOf } from "../../bench/bench_report.ts";
import { exampleTitles } from "../../bench/example_contenders.ts";
import { tableName } from "../../bench/layers_contenders.ts";
import { benchedModels } from "../../bench/layers_models.ts";
import { nameContender } from "../../bench/layers_steps.ts";
import type { Account, Sentence, Table } from "./figures.ts";

/**
 * Returns the sentences and tables of lib/compile/README.md with their current values. If there is
 * no report, then the tables contain only their headers.
 */
export function accountOfCompile(report: BenchReport | undefined): Account {
  return {
    sentences: report
      ? [{
        template: "medians in milliseconds per step, on {} cores of an {*} with nothing else",
        values: [String(report.threads), report.processor],
      }, ...tableSentences(report)]
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
function tableSentences({ timings }: BenchReport): Sentence[] {
  const { title, goal } = benchedModels.embedding;
  const table = bestOf(timings, tableName)?.median;
  const eager = bestOf(timings, nameContender(title, "eager"))?.median;
  if (table === undefined || eager === undefined) return [];
  return [{
    template:
      "cannot reach its goal of {} with TensorFlow's operations, because those on its table alone take {} ms, which is {} of",
    values: [String(goal), table.toFixed(2), (table / eager).toFixed(2)],
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
    "`fit` : step",
    "ratio to Keras",
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
  return { rows: [["example", "tfjs-node", "accelerated", "ratio"], ...report ? rows : []] };
}

function costTable(report: BenchReport | undefined): Table {
  const rows = Object.entries(report?.measures ?? {}).map(([name, value]) => [
    name,
    value.toFixed(0),
  ]);
  return { rows: [["cost", "measured"], ...rows] };
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
