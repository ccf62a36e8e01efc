/**
 * Draws conclusions from a report's numbers. It compares the rows with the base, and computes rank
 * correlations between metrics.
 */
import { compareWithBase, type RowComparison } from "./compare_rows.ts";
import type { Gathered, GatheredRow } from "./gather.ts";
import { type Metric, metrics } from "./metrics.ts";
import { type RankCorrelation, rankCorrelation } from "./rank_correlation.ts";
import { overSeeds, valuesOf } from "./tables.ts";

const [digitFid] = metrics;

/**
 * Returns all rows of a report that have finished cells. If an experiment is in several tables, its
 * row is returned only once.
 */
export function distinctRows({ grids }: Gathered): GatheredRow[] {
  const rows = new Map(
    grids.flatMap(({ rows }) => rows).filter(({ cells }) => cells.length > 0)
      .map((row) => [row.experiment, row] as const),
  );
  return [...rows.values()];
}

/**
 * Compares each row with the base. The rows are compared by digit-FID unless another metric is
 * given. Returns undefined if the base has no finished cells, if no other row has finished cells,
 * or if every row has at most one finished cell.
 */
export function compareRows(
  gathered: Gathered,
  metric: Metric = digitFid,
): RowComparison | undefined {
  const rows = distinctRows(gathered);
  const base = rows.find(({ experiment }) => experiment === gathered.grids[0].base);
  const others = rows.filter((row) => row !== base);
  const isRepeated = rows.some(({ cells }) => cells.length > 1);
  if (!base || others.length === 0 || !isRepeated) return undefined;
  const distancesOf = (row: GatheredRow) => ({
    name: row.experiment,
    distances: valuesOf(metric, row.cells),
  });
  return compareWithBase(distancesOf(base), others.map(distancesOf));
}

/**
 * The rank of each verdict on image quality in the student report. A better verdict has a larger
 * rank.
 */
export const eyeRanks: Readonly<Record<string, number>> = {
  "bad": 0,
  "less clear than before": 1,
  "medium": 1,
  "medium, but recognizable": 1,
  "good": 2,
  "good and clear": 3,
  "very clear and good (its best)": 4,
};

export interface NamedCorrelation extends RankCorrelation {
  readonly between: readonly [string, string];
}

/**
 * Computes rank correlations over the rows of the report. It correlates each metric with digit-FID,
 * with the student report's FID, and with the student report's verdict on image quality. The
 * student report's FID is also correlated with its verdict.
 */
export function correlate(gathered: Gathered): NamedCorrelation[] {
  const rows = distinctRows(gathered);
  const ofRow = (row: GatheredRow) => metrics.map((metric) => overSeeds(metric, row)?.mean);
  const table = rows.map(ofRow);
  const withFid = metrics.slice(1).flatMap((metric, i) =>
    between(
      ["digit-FID", metric.label],
      table.map((row) => [row[0], row[i + 1]]),
    )
  );
  const reported = gathered.grids.flatMap(({ rows }) => rows)
    .filter(({ cells, reported }) => cells.length > 0 && reported);
  const withReport = (
    name: string,
    valueOf: (row: GatheredRow) => number | undefined,
  ) =>
    metrics.flatMap((metric, i) =>
      between(
        [name, metric.label],
        reported.map((row) => [valueOf(row), ofRow(row)[i]]),
      )
    );
  return [
    ...withFid,
    ...withReport("the report's FID", ({ reported }) => reported!.fid),
    ...withReport(
      "the report's verdict",
      ({ reported }) => eyeRanks[reported!.quality],
    ),
    ...between(
      ["the report's FID", "the report's verdict"],
      reported.map((
        { reported },
      ) => [reported!.fid, eyeRanks[reported!.quality]]),
    ),
  ];
}

/**
 * Returns a list containing the correlation between two columns. The correlation is computed from
 * the rows that have a value in both columns. The list is empty if there are fewer than three such
 * rows or if one of the columns is constant.
 */
function between(
  names: readonly [string, string],
  pairs: readonly (readonly [number | undefined, number | undefined])[],
): NamedCorrelation[] {
  const whole = pairs.filter((pair): pair is [number, number] =>
    pair[0] !== undefined && pair[1] !== undefined
  );
  const columns = [0, 1].map((i) => whole.map((pair) => pair[i]));
  if (
    whole.length < 3 ||
    columns.some((column) => new Set(column).size === 1)
  ) return [];
  return [{ between: names, ...rankCorrelation(columns[0], columns[1]) }];
}
