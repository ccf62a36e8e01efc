/**
 * Derives the README's claims about the experiments from the committed results: shortened tables,
 * the list of rows that differ from the base, the results of the search, and the recipe of the
 * committed generator.
 */
import { duration } from "../../display/progress.ts";
import { checkGoals } from "../../experiments/findings/published_model.ts";
import { type SettledVerdict, settledVerdict } from "../../experiments/report/compare_rows.ts";
import { distinctRows } from "../../experiments/report/conclusions.ts";
import { rowRatios } from "../../experiments/report/differences_chart.ts";
import type { GatheredGrid } from "../../experiments/report/gather.ts";
import { metrics } from "../../experiments/report/metrics.ts";
import { floorOf, formatStatistics } from "../../experiments/report/tables.ts";
import { explainScatter } from "../../experiments/report/verdicts.ts";
import type { ReadSearch } from "../../experiments/search/read_search.ts";
import { candidateOf } from "../../experiments/search/search.ts";
import { describeOptions, secondsSpent } from "../../experiments/search/search_report.ts";
import type { Sentence, Table } from "./figures.ts";
import { whole } from "../../display/format_number.ts";
import type { ExperimentRecords, Records } from "./records.ts";

const columns = ["digit_fid", "lenet_fid", "precision", "recall"].map((id) =>
  metrics.find((metric) => metric.id === id)!
);

/** Returns a shortened table for each grid of experiments. */
export function experimentTables({ experiments }: Records): Table[] {
  return experiments.gathered.grids.map((grid) => gridTable(grid, experiments));
}

const found: Readonly<Record<SettledVerdict, string>> = {
  better: "better",
  worse: "worse",
  indistinguishable: "no difference found",
  depends: "depends on a wild row",
};

function gridTable(grid: GatheredGrid, { comparison }: ExperimentRecords): Table {
  const { title, rows } = grid;
  const isReported = rows.some(({ reported }) => reported);
  const ratios = rowRatios(grid);
  const against = (name: string) => {
    const ratio = ratios.find(({ experiment }) => experiment === name)?.ratio;
    if (name === grid.base || ratio === undefined) return "";
    const verdict = comparison && settledVerdict(comparison, name);
    return `×${ratio.toFixed(2)}, ${verdict ? found[verdict] : "not judged"}`;
  };
  const floors = columns.map((metric) => floorOf(metric, grid)?.toFixed(metric.decimals) ?? "");
  return {
    rows: [
      [
        title,
        ...columns.map(({ label }) => label),
        "digit-FID against the base's",
        ...(isReported ? ["the report's FID", "its verdict"] : []),
      ],
      ...rows.map((row) => [
        row.label,
        ...columns.map((metric) => formatStatistics(metric, row)),
        against(row.experiment),
        ...(isReported ? [String(row.reported?.fid ?? ""), row.reported?.quality ?? ""] : []),
      ]),
      ["real digits", ...floors, "", ...(isReported ? ["", ""] : [])],
    ],
  };
}

/** Returns sentences about the cells, the verdicts, the search and the committed generator. */
export function experimentSentences({ experiments }: Records): Sentence[] {
  const { gathered, comparison, search, published } = experiments;
  const rows = distinctRows(gathered);
  const cells = rows.flatMap(({ cells }) => cells);
  const counts = rows.map(({ cells }) => cells.length);
  const [least, most] = [Math.min(...counts), Math.max(...counts)];
  const named = (verdict: SettledVerdict) =>
    list(
      rows.filter(({ experiment }) =>
        comparison && settledVerdict(comparison, experiment) === verdict
      ).map(({ label }) => `“${label}”`),
    );
  const missed = checkGoals(published).filter(({ isReached }) => !isReached)
    .map(({ label }) => label);
  return [
    {
      template: "{} recipes were trained for {} steps each, with {*} seeds per recipe.",
      values: [
        String(rows.length),
        whole(gathered.steps),
        least === most ? String(least) : `${least} to ${most}`,
      ],
    },
    {
      template: "from {} generated digits and the {} test digits.",
      values: cells[0].evaluations[0].images.map(whole),
    },
    {
      template:
        "Better than the base: {*}. Worse: {*}. Undecided, because the two analyses below disagree: {*}.",
      values: [named("better"), named("worse"), named("depends")],
    },
    {
      template: "Do all rows scatter alike, as pooling assumes? {*} The search",
      values: [comparison ? explainScatter(rows, comparison) : "There is one seed per row."],
    },
    {
      template: "The search for the best recipe {*}. The generator",
      values: [describeSearch(search)],
    },
    {
      template:
        "The generator that comes with the project was trained for {*}, with these differences from the base recipe: {*}. It {*}. Its scores are",
      values: [published.length, describeOptions(published.changes), describeGoals(missed)],
    },
  ];
}

function describeSearch(search: ReadSearch | undefined): string {
  if (!search) return "has no committed results yet";
  const { plan, winner } = search;
  const result = winner
    ? `chose “${candidateOf(plan, winner.cell).origin}” in ${duration(secondsSpent(search))}`
    : "is not finished";
  return `had ${plan.candidates.length} candidates, ${plan.rungs} rungs and a budget of ` +
    `${whole(plan.budget)} steps of the base's cost, and ${result}`;
}

function describeGoals(missed: readonly string[]): string {
  if (missed.length === 0) return "reaches all of its goals";
  return `misses ${missed.length === 1 ? "this goal" : "these goals"}: ${list(missed)}`;
}

function list(names: readonly string[]): string {
  return names.length === 0 ? "none" : names.join(", ");
}
