import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import type { ChartSpec } from "../../../lib/display/charts.ts";
import { gridNamed } from "../../../lib/experiments/grids.ts";
import { correlate } from "../../../lib/experiments/report/conclusions.ts";
import { correlationsChart } from "../../../lib/experiments/report/correlations_chart.ts";
import type { RowComparison } from "../../../lib/experiments/report/compare_rows.ts";
import { differencesChart, rowRatios } from "../../../lib/experiments/report/differences_chart.ts";
import { distancesChart } from "../../../lib/experiments/report/distances_chart.ts";
import { gather } from "../../../lib/experiments/report/gather.ts";
import { lossLevelsChart } from "../../../lib/experiments/report/loss_levels_chart.ts";
import { curveChart, lossesChart } from "../../../lib/experiments/report/report_curves.ts";
import { readDistances } from "../../../lib/experiments/report/read_distances.ts";
import { scatterChart } from "../../../lib/experiments/report/scatter_chart.ts";
import { chartFaults } from "../../../lib/notebooks/runner/chart_faults.ts";
import { drawnItems } from "../../support/drawn_chart.ts";
import { dirname, fromFileUrl } from "../../support/paths.ts";

const root = `${dirname(fromFileUrl(import.meta.url), 4)}/data/experiments`;
const definition = gridNamed("table-1");
/** The committed results of table 1, restricted to the first seed of each row. */
const gathered = await gather(root, [definition], { seeds: 1, steps: 10_000 });
const [grid] = gathered.grids;

Deno.test("every chart of the committed cells shows all its marks", async () => {
  const charts: Record<string, ChartSpec> = {
    curve: curveChart(grid, root, ""),
    losses: lossesChart(grid, root),
    differences: differencesChart(grid, undefined),
    distances: distancesChart(grid, root, ["base"]),
    levels: lossLevelsChart(definition, grid.rows, root),
    correlations: correlationsChart(correlate(gathered).slice(0, 3), "ranks"),
    scatter: scatterChart([{
      ...grid.rows[0],
      cells: [grid.rows[0].cells[0], grid.rows[1].cells[0]],
    }])!,
  };
  for (const [name, spec] of Object.entries(charts)) {
    assertEquals(await chartFaults(spec), [], name);
  }
});

Deno.test("the chart of losses has a resting line for each network of each row", async () => {
  const finished = grid.rows.filter(({ cells }) => cells.length > 0);
  const rules = await drawnItems(lossesChart(grid, root, { scope: "epoch" }), "rule");
  assertEquals(rules.length, 2 * finished.length);
});

Deno.test("the chart of differences has an interval for each judged row of its grid", async () => {
  const difference = (name: string) =>
    ({ name, ratio: 1.2, from: 0.9, to: 1.6, verdict: "indistinguishable" }) as const;
  const comparison = {
    differences: [difference("relu"), difference("batch-100"), difference("labels-none")],
    wild: [],
  } as unknown as RowComparison;
  const rules = await drawnItems(differencesChart(grid, comparison), "rule");
  // One rule is the line of the base.
  assertEquals(rules.length, 3);
});

Deno.test("a grid without cells of its base has no chart of differences", () => {
  const rows = grid.rows.filter(({ experiment }) => experiment !== "base");
  assertThrows(() => differencesChart({ ...grid, rows }, undefined), RangeError, "base");
});

Deno.test("without two seeds in any row there is no chart of their scatter", () => {
  assertEquals(scatterChart(grid.rows), undefined);
});

Deno.test("the axis of a scatter has ticks on both sides of 1, near the outermost runs", () => {
  const [base, other] = grid.rows;
  const ticksOf = (cells: typeof base.cells) => {
    const { layer } = scatterChart([{ ...base, cells }]) as unknown as {
      layer: { encoding: { x: { axis: { values: number[] } } } }[];
    };
    return layer.map(({ encoding }) => encoding.x.axis.values);
  };
  const far = grid.rows.find(({ experiment }) => experiment === "rates-2e-3")!;
  for (const ticks of ticksOf([base.cells[0], other.cells[0]])) {
    assertEquals([Math.min(...ticks) < 1, Math.max(...ticks) > 1], [true, true]);
  }
  for (const ticks of ticksOf([base.cells[0], far.cells[0]])) {
    assertEquals([ticks[0] < 0.4, ticks.at(-1)], [true, 3]);
  }
});

Deno.test("ratios and distances are means over seeds", () => {
  const [base, other] = grid.rows;
  // Two cells in one row: the geometric mean of their distances lies between both.
  const both = { ...other, cells: [...base.cells, ...other.cells] };
  const [, { ratio }] = rowRatios({ base: "base", rows: [base, both] });
  const [, single] = rowRatios({ base: "base", rows: [base, other] });
  assertAlmostEquals(ratio, Math.sqrt(single.ratio), 1e-12);
  const [of, ofOther, ofBoth] = [base, other, both].map((row) => readDistances(row, root)[0]);
  assertAlmostEquals(ofBoth.generated, (of.generated + ofOther.generated) / 2, 1e-9);
});
