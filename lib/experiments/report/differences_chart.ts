/**
 * Charts how much the digit-FID of each row differs from the digit-FID of the base, with confidence
 * intervals.
 */
import { mean } from "simple-statistics";
import { type ChartSpec, guideLine } from "../../display/charts.ts";
import { type RowComparison, type SettledVerdict, settledVerdict } from "./compare_rows.ts";
import type { GatheredGrid } from "./gather.ts";
import { metrics } from "./metrics.ts";
import { valuesOf } from "./tables.ts";

type Shown = Exclude<SettledVerdict, "depends"> | "depends on a wild row" | "one seed, not judged";

/** The colour of each verdict. The verdicts are in the order of the legend. */
const colours: Readonly<Record<Shown, string>> = {
  "better": "#009e73",
  "indistinguishable": "#777777",
  "depends on a wild row": "#cc79a7",
  "worse": "#d55e00",
  "one seed, not judged": "#0072b2",
};

interface Drawn {
  readonly row: string;
  readonly ratio: number;
  readonly from?: number;
  readonly to?: number;
  /**
   * The lower end of the confidence interval from the second analysis, in which wild rows are not
   * pooled. The upper end is `apartTo`.
   */
  readonly apartFrom?: number;
  readonly apartTo?: number;
  readonly verdict: Shown;
}

/**
 * Charts each row's digit-FID divided by the base's digit-FID, on a logarithmic scale. If there is
 * no comparison, because every row has only one seed, then the chart shows the ratios without
 * intervals.
 *
 * @throws {RangeError} when the base has no finished cells, or when no other row has any
 */
export function differencesChart(
  grid: GatheredGrid,
  comparison: RowComparison | undefined,
): ChartSpec {
  const values = comparison ? judgedRows(grid, comparison) : bareRatios(grid);
  if (values.length === 0) {
    throw new RangeError(`Charting ${grid.name}: wanted cells of the base and of another row.`);
  }
  const x = { type: "quantitative", scale: { type: "log", nice: false, padding: 12 } };
  const y = {
    field: "row",
    type: "nominal",
    title: null,
    sort: grid.rows.map(({ label }) => label),
    axis: { labelLimit: 0 },
  };
  const verdicts = Object.keys(colours) as Shown[];
  const found = verdicts.filter((verdict) => values.some((value) => value.verdict === verdict));
  const color = {
    field: "verdict",
    type: "nominal",
    scale: { domain: found, range: found.map((verdict) => colours[verdict]) },
    legend: { title: null, orient: "top", symbolOpacity: 1 },
  };
  return {
    title: {
      text: "digit-FID divided by the base's",
      subtitle: [
        grid.title,
        comparison
          ? "bars: intervals that hold simultaneously with 95 % confidence"
          : "no row has two seeds yet, so there are no intervals",
        ...(comparison?.apart ? ["short, thick bars: the same with wild rows apart"] : []),
      ],
    },
    width: 420,
    height: { step: 24 },
    layer: [
      {
        data: { values: [{ one: 1 }] },
        mark: guideLine,
        encoding: { x: { ...x, datum: 1 } },
      },
      ...(comparison
        ? [{
          data: { values },
          mark: { type: "rule", strokeWidth: 3, opacity: 0.5 },
          encoding: { x: { ...x, field: "from" }, x2: { field: "to" }, y, color },
        }]
        : []),
      ...(comparison?.apart
        ? [{
          data: { values: values.filter(({ apartFrom }) => apartFrom !== undefined) },
          mark: { type: "bar", size: 9, opacity: 0.5 },
          encoding: { x: { ...x, field: "apartFrom" }, x2: { field: "apartTo" }, y, color },
        }]
        : []),
      {
        data: { values },
        mark: { type: "circle", size: 70, opacity: 1, tooltip: true },
        encoding: {
          x: { ...x, field: "ratio", title: "times the base's (logarithmic)" },
          y,
          color,
        },
      },
    ],
  } as unknown as ChartSpec;
}

/**
 * Returns the rows of a grid with their verdicts. For a wild row, the interval from the second
 * analysis is left out, because it may be very long.
 */
function judgedRows({ rows }: GatheredGrid, comparison: RowComparison): Drawn[] {
  const { differences, apart, wild } = comparison;
  return differences.flatMap(({ name, ratio, from, to }) => {
    const row = rows.find(({ experiment }) => experiment === name);
    if (!row) return [];
    const settled = settledVerdict(comparison, name)!;
    const verdict = settled === "depends" ? "depends on a wild row" : settled;
    const isWild = wild.some((each) => each.name === name);
    const second = isWild ? undefined : apart?.differences.find((each) => each.name === name);
    return [{
      ...{ row: row.label, ratio, from, to, verdict },
      ...(second && { apartFrom: second.from, apartTo: second.to }),
    }];
  });
}

function bareRatios(grid: GatheredGrid): Drawn[] {
  return rowRatios(grid).filter(({ experiment }) => experiment !== grid.base)
    .map(({ label, ratio }) => ({ row: label, ratio, verdict: "one seed, not judged" }));
}

/** A row's digit-FID divided by the base's digit-FID. Both are geometric means over seeds. */
export interface RowRatio {
  readonly experiment: string;
  readonly label: string;
  readonly ratio: number;
}

/**
 * Returns the ratios of the rows that have finished cells. Returns an empty list if the base has no
 * finished cells.
 */
export function rowRatios({ rows, base }: Pick<GatheredGrid, "rows" | "base">): RowRatio[] {
  const logs = rows.filter(({ cells }) => cells.length > 0).map(({ experiment, label, cells }) => ({
    ...{ experiment, label, log: mean(valuesOf(metrics[0], cells).map(Math.log)) },
  }));
  const ofBase = logs.find(({ experiment }) => experiment === base);
  if (!ofBase) return [];
  return logs.map(({ experiment, label, log }) => ({
    ...{ experiment, label, ratio: Math.exp(log - ofBase.log) },
  }));
}
