/**
 * Formats the report in Markdown. The report contains a table and conclusions for each grid, and
 * says how the numbers were obtained.
 */
import { markdownTable } from "markdown-table";
import { duration } from "../../display/progress.ts";
import { publishedLenet } from "../../evaluation/extractors/lenet.ts";
import { totalTime } from "../cells/cell_times.ts";
import { checkClaims } from "../findings/reported_claims.ts";
import type { RowComparison } from "./compare_rows.ts";
import { distinctRows, type NamedCorrelation } from "./conclusions.ts";
import { endLosses } from "./end_losses.ts";
import {
  type Gathered,
  type GatheredCell,
  type GatheredGrid,
  type GatheredRow,
  hasBase,
} from "./gather.ts";
import { metrics } from "./metrics.ts";
import { floorOf, formatStatistics, overSeeds } from "./tables.ts";
import { conclude, describeScatter } from "./verdicts.ts";

export interface ReportParts {
  readonly gathered: Gathered;
  /** The folder in which all experiments are stored. */
  readonly root: string;
  readonly comparison: RowComparison | undefined;
  readonly correlations: readonly NamedCorrelation[];
}

/** Returns the whole report. */
export function formatExperimentReport(parts: ReportParts): string {
  const { gathered, root, comparison, correlations } = parts;
  return [
    "# Experiments",
    describeNumbers(parts),
    ...gathered.grids.flatMap((grid) => formatGrid(grid, root, comparison)),
    ...(correlations.length > 0 ? formatCorrelations(correlations) : []),
  ].join("\n\n") + "\n";
}

/**
 * Describes how the numbers were obtained. The description covers the numbers of steps and images,
 * the extractors, the statistical method and the engine.
 */
function describeNumbers({ gathered, comparison }: ReportParts): string {
  const cells = new Map(
    gathered.grids.flatMap(({ rows }) => rows).flatMap(({ cells }) => cells)
      .map((
        each,
      ) => [JSON.stringify([each.cell.experiment.name, each.cell.seed]), each]),
  );
  const [{ evaluations }] = cells.values();
  const [own, real] = evaluations[0].images.map((count) => count.toLocaleString("en"));
  const extractors = evaluations.map(({ extractor: { name, hash } }) =>
    `${name}${hash ? ` (weights ${hash.slice(0, 8)}${sourceOf(name)})` : ""}`
  );
  const { engine } = gathered;
  return [
    `${cells.size} cells of ${gathered.steps.toLocaleString("en")} steps each. ` +
    `${describeTime([...cells.values()])} Scores: ${own} generated images against ${real} ` +
    `(${evaluations[0].against}); features: ${extractors.join(", ")}. Mean ± standard deviation ` +
    "over seeds; the floor is the score of the same number of real images.",
    ...(comparison
      ? [
        `Differences from the base are in log digit-FID; the deviation over seeds, pooled over all rows, is ` +
        `${comparison.deviation.toFixed(3)} (${comparison.freedom} degrees of freedom). ` +
        "Intervals hold simultaneously for all " +
        `comparisons (${comparison.differences.length}) with 95 % confidence (Dunnett's procedure, critical value ` +
        `${comparison.criticalValue.toFixed(2)} by simulation).`,
        describeScatter(distinctRows(gathered), comparison),
      ]
      : []),
    `Engine: ${engine.name}, TensorFlow ${engine.versions.tensorflow ?? "none"}, threads ` +
    `${engine.threadSettings.withinOperations} within and ${engine.threadSettings.acrossOperations} across operations.`,
  ].join("\n\n");
}

/** Says how long the training and the judging of the cells took, and how the time was obtained. */
function describeTime(cells: readonly GatheredCell[]): string {
  const time = totalTime(cells);
  if (!time) return "The time for training and judging is unknown.";
  const { seconds, measured, estimated } = time;
  const total = duration(seconds);
  if (estimated === 0) return `Training and judging took ${total} in total.`;
  return `Training and judging took about ${total} in total. This is the measured time of ` +
    `${measured} cells, plus the same time per step for the other ${estimated}, which may not ` +
    "have been timed over all of their steps.";
}

/**
 * Returns the source of an extractor's weights. Returns an empty string if the project includes the
 * weights.
 */
function sourceOf(extractor: string): string {
  const { source, file } = publishedLenet;
  return extractor === "lenet" ? `, ${file} of ${source}` : "";
}

function formatGrid(
  grid: GatheredGrid,
  root: string,
  comparison: RowComparison | undefined,
): string[] {
  const { name, title, question, rows } = grid;
  const measured = metrics.filter((metric) => rows.some((row) => overSeeds(metric, row)));
  const isReported = rows.some(({ reported }) => reported);
  const header = [
    "",
    "seeds",
    ...measured.map(({ label }) => label),
    ...(isReported ? ["report: Keras-Inception FID", "report: verdict"] : []),
  ];
  const body = rows.map((row) => [
    row.label,
    String(row.cells.length),
    ...measured.map((metric) => formatStatistics(metric, row)),
    ...(isReported ? [row.reported?.fid.toString() ?? "", row.reported?.quality ?? ""] : []),
  ]);
  const floors = [
    "floor",
    "",
    ...measured.map((metric) => {
      const floor = floorOf(metric, grid);
      return floor === undefined ? "" : floor.toFixed(metric.decimals);
    }),
    ...(isReported ? ["", ""] : []),
  ];
  return [
    `## ${title}`,
    question,
    markdownTable([header, ...body, floors], {
      align: ["l", ...header.slice(1).map(() => "r")],
      stringLength: (text) => [...text].length,
    }),
    ...(isReported
      ? [
        "The report's FID is on a different scale: Keras' Inception network with an unstated number of images.",
      ]
      : []),
    ...(comparison ? conclude(rows, comparison) : [
      "No row has two seeds yet, so this report cannot say which rows differ from the base.",
    ]),
    ...(isReported ? [formatClaims(grid, comparison)] : []),
    formatLosses(rows, root),
    ...missing(rows),
    ...[...(hasBase(grid) ? ["differences"] : []), "curve", "losses", "sheets"].map((picture) =>
      `![${title}: ${picture}](${name}-${picture}.png)`
    ),
  ];
}

/**
 * Formats a table of the claims that the student report makes about the rows of a grid. The table
 * says for each claim whether the results of this project support it.
 */
function formatClaims(grid: GatheredGrid, comparison: RowComparison | undefined): string {
  const body = checkClaims(grid, comparison).map(({ row, by, says, evidence, found }) => [
    row,
    by,
    `${says} than the base`.replace("equal than", "equal to"),
    evidence,
    found,
  ]);
  return "The original report's claims about its rows, checked by digit-FID:\n\n" +
    markdownTable([["", "by", "says", "evidence", "found"], ...body], {
      stringLength: (text) => [...text].length,
    });
}

/**
 * Formats a table of the mean losses over the last tenth of the steps. Next to each loss, the table
 * gives the loss that an ideal network would have.
 */
function formatLosses(rows: readonly GatheredRow[], root: string): string {
  const body = rows.flatMap((row) => {
    const losses = endLosses(row, root);
    if (!losses) return [];
    const { measured, ideal } = losses;
    const pair = (network: "discriminator" | "generator") =>
      `${measured[network].toFixed(3)} (${ideal[network].toFixed(3)})`;
    return [[row.label, pair("discriminator"), pair("generator")]];
  });
  return "Losses over the last tenth of the steps, in nats; in brackets, those of an ideal pair under " +
    "the same labels:\n\n" +
    markdownTable([["", "discriminator", "generator"], ...body], {
      align: ["l", "r", "r"],
      stringLength: (text) => [...text].length,
    });
}

/**
 * Returns a list of the rows whose cells are not all finished, with the missing seeds of each row.
 */
function missing(rows: readonly GatheredRow[]): string[] {
  const lines = rows.filter(({ missing }) => missing.length > 0).map((
    { label, missing },
  ) => `- ${label}: ${missing.map(({ seed, why }) => `seed ${seed} (${why})`).join(", ")}`);
  return lines.length === 0 ? [] : [`Missing from these numbers:\n\n${lines.join("\n")}`];
}

function formatCorrelations(
  correlations: readonly NamedCorrelation[],
): string[] {
  const rows = correlations.map(({ between, correlation, from, to, rows }) => [
    ...between,
    correlation.toFixed(2),
    `${from.toFixed(2)} to ${to.toFixed(2)}`,
    String(rows),
  ]);
  return [
    "## How metrics rank the rows",
    "Spearman's rank correlation over rows (means over seeds), with the bootstrap's 95 % interval. The report's words " +
    "rank from bad through medium and good to very clear.",
    markdownTable([["", "", "correlation", "interval", "rows"], ...rows], {
      align: ["l", "l", "r", "r", "r"],
    }),
  ];
}
