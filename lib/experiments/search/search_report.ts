/** Describes a search in words: its plan, its budget, the results of its rungs, and the winner. */
import { markdownTable } from "markdown-table";
import { whole } from "../../display/format_number.ts";
import { duration } from "../../display/progress.ts";
import { changedOptions } from "../experiment.ts";
import { type Metric, metrics, scoreOf } from "../report/metrics.ts";
import { goals } from "./goals.ts";
import type { ReadRung, ReadSearch } from "./read_search.ts";
import {
  candidateOf,
  costOf,
  countOf,
  firstRung,
  rungOf,
  type SearchPlan,
  type Standing,
} from "./search.ts";
import { estimateSeconds, stepCost, trainingCost } from "./step_cost.ts";

/** A warning, included in each report, that the ranks in a short search can be misleading. */
const CAUTION =
  "Ranks after few steps can mislead: near copies of training images and unbalanced classes " +
  "appear late, so a recipe that leads a short rung may lose a long one. Within its budget, the " +
  "search therefore prefers long rungs to many candidates. Each rank comes from one seed, and " +
  "10,000 training images (not the test images) decide it.";

/** Describes the plan of a search, and estimates how long the search will take. */
export function describePlan(plan: SearchPlan): string {
  const { candidates, rungs } = plan;
  const first = firstRung(plan);
  const table = candidates.map(({ experiment: { options }, origin }, i) => [
    first.cells[i].experiment.name,
    origin,
    stepCost(options).toFixed(2),
    whole(first.cells[i].steps),
    describeOptions(options),
  ]);
  const later = Array.from({ length: rungs - 1 }, (_, i) => {
    const count = countOf(candidates.length, i + 1);
    const kept = count === 1 ? "the best candidate" : `the best ${count} candidates`;
    return `Rung ${i + 2}: ${kept}, ${rungCost(plan, i + 1)}.`;
  });
  return [
    describeBudget(plan),
    `Rung 1: ${candidates.length} candidates, ${rungCost(plan, 0)}:`,
    markdownTable(
      [["", "idea", "cost of a step", "steps", "differences from the base"], ...table],
      {
        align: ["l", "l", "r", "r", "l"],
      },
    ),
    ...later,
    CAUTION,
  ].join("\n\n");
}

function rungCost(plan: SearchPlan, rung: number): string {
  return `each for the cost of ${whole(costOf(plan, rung))} steps of the base`;
}

/** States the budget of a search in training steps of the base experiment and in hours. */
export function describeBudget(plan: SearchPlan): string {
  const hours = expectedSeconds(plan) / 3600;
  return `Budget of the search: ${whole(plan.budget)} training steps of the base's cost, which ` +
    `take about ${hours.toFixed(1)} hours on two idle cores, judging included.`;
}

/**
 * Estimates how many seconds a whole search takes on two idle cores. The candidates of later rungs
 * are not known in advance. The estimate for each rung therefore uses the mean time of all
 * candidates.
 */
export function expectedSeconds(plan: SearchPlan): number {
  const { candidates, rungs } = plan;
  let seconds = 0;
  for (let rung = 0; rung < rungs; rung++) {
    const all = rungOf(plan, candidates, rung).cells.reduce(
      (sum, cell) => sum + estimateSeconds(cell),
      0,
    );
    seconds += all * countOf(candidates.length, rung) / candidates.length;
  }
  return seconds;
}

/** Formats the report on a search as Markdown. */
export function formatSearch(search: ReadSearch): string {
  const { plan, rungs, winner } = search;
  return [
    "# Search for the best dense GAN",
    describeBudget(plan),
    describeSpent(search),
    ...rungs.map((rung, i) => formatRung(plan, rung, i)),
    winner
      ? `Winner: ${winner.cell.experiment.name}, ${candidateOf(plan, winner.cell).origin}. ` +
        `Differences from the base: ${describeOptions(winner.cell.experiment.options)}.`
      : "The search is not finished.",
    CAUTION,
  ].join("\n\n") + "\n";
}

/** States the planned cost and the measured time of the finished rungs. */
function describeSpent(search: ReadSearch): string {
  const cost = resultsOf(search).reduce((sum, { cell }) => sum + trainingCost(cell), 0);
  return `Spent so far in finished rungs: ${whole(cost)} steps of the base's cost, in ` +
    `${duration(secondsSpent(search))}.`;
}

/** Returns how many seconds the training and the judging took in the finished rungs of a search. */
export function secondsSpent(search: ReadSearch): number {
  return resultsOf(search).reduce(
    (sum, { result: { record: { seconds } } }) => sum + seconds.training + seconds.judging,
    0,
  );
}

function resultsOf({ rungs }: ReadSearch) {
  return rungs.flatMap(({ standings }) => standings ?? [])
    .flatMap(({ cell, result }) => result ? [{ cell, result }] : []);
}

/**
 * Formats a rung as a table that lists the best candidate first. If the rung is not finished yet,
 * states only how many of its cells have begun.
 */
export function formatRung(plan: SearchPlan, rung: ReadRung, index: number): string {
  const { cells, standings } = rung;
  const title = `## Rung ${index + 1}: ${cells.length} candidates, ${rungCost(plan, index)}`;
  if (!standings) return `${title}\n\n${rung.begun} of ${cells.length} cells have begun.`;
  const measured = goals.map(({ metric: id }) => metrics.find((metric) => metric.id === id)!);
  const head = ["", "candidate", "idea", "steps", "time", ...measured.map(({ label }) => label)];
  const rows = standings.map((standing, i) => [
    String(i + 1),
    standing.cell.experiment.name,
    candidateOf(plan, standing.cell).origin,
    whole(standing.cell.steps),
    timeOf(standing),
    ...measured.map((metric) => formatScore(metric, standing)),
    standing.shortfall ? standing.shortfall.missed.toFixed(2) : "broken",
  ]);
  const wanted = goals.map(({ value }, i) =>
    `${measured[i].better === "lower" ? "at most" : "at least"} ${value}`
  );
  return `${title}\n\n` + markdownTable([
    [...head, "distance from the goals"],
    ...rows,
    ["", "goal", "", "", "", ...wanted, ""],
  ], { align: ["r", "l", "l", ...Array(head.length - 2).fill("r")] });
}

function timeOf({ result }: Standing): string {
  if (!result) return "";
  const { training, judging } = result.record.seconds;
  return duration(training + judging);
}

function formatScore(metric: Metric, { result }: Standing): string {
  const score = result && scoreOf(metric, result.evaluations);
  return score ? score.value.toFixed(metric.decimals) : "";
}

/**
 * Returns text that lists the options whose values differ from those of the base experiment, such
 * as "dropout 0.9, latentSize 64". Returns "none" if there is no such option.
 */
export function describeOptions(options: object): string {
  return Object.entries(changedOptions(options)).map(([key, value]) =>
    `${key} ${Array.isArray(value) ? value.join("-") : value}`
  ).join(", ") ||
    "none";
}

/**
 * Returns a table row for each rung that the search has reached. The row states how many cells have
 * begun. If the rung is finished, the row also names the best candidate.
 */
export function rungRows({ plan, rungs }: ReadSearch): Record<string, string | number | null>[] {
  return rungs.map(({ cost, begun, cells, standings }, i) => {
    const best = standings?.[0];
    return {
      rung: i + 1,
      "cost of a candidate, in steps of the base": Math.round(cost),
      "candidates begun": `${begun} of ${cells.length}`,
      best: best ? candidateOf(plan, best.cell).origin : "not known yet",
      "distance from the goals": best?.shortfall?.missed ?? null,
    };
  });
}
