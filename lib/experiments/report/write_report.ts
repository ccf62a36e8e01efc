/**
 * Writes a report on grids. The report consists of Markdown, HTML and pictures for people to read,
 * and of CSV and Parquet files for programs.
 */
import { marked } from "marked";
import type pl from "nodejs-polars";
import { writeAtomically } from "../../system/atomic_write.ts";
import { renderChart } from "../../display/charts.ts";
import { RunError } from "../../runs/run_folder.ts";
import type { CellsOptions } from "../cells/cells.ts";
import type { RowComparison } from "./compare_rows.ts";
import { compareRows, correlate } from "./conclusions.ts";
import { differencesChart } from "./differences_chart.ts";
import type { ExperimentGrid } from "../experiment.ts";
import { gather, type GatheredGrid, hasBase } from "./gather.ts";
import { CURVE_IMAGES } from "../cells/measure_curve.ts";
import { curveChart, lossesChart } from "./report_curves.ts";
import { drawStrips } from "./report_sheets.ts";
import { formatExperimentReport } from "./report_text.ts";
import { cellFrame, rowFrame } from "./tables.ts";

export interface ReportOptions extends CellsOptions {
  /** The folder in which all experiments are stored. */
  readonly root: string;
  /** The folder to which the report is written. It is created if necessary. */
  readonly out: string;
}

/**
 * Writes a report. The same cells always produce exactly the same files.
 *
 * @returns the text of the report
 * @throws {RunError} when {@linkcode gather} throws it, or when only the base has finished cells
 */
export async function writeReport(
  grids: readonly ExperimentGrid[],
  options: ReportOptions,
): Promise<string> {
  const { root, out } = options;
  const all = await gather(root, grids, options);
  const gathered = { ...all, grids: all.grids.filter(hasMoreThanBase) };
  if (gathered.grids.length === 0) {
    throw new RunError(
      `Reporting on ${root}: wanted finished cells other than the base's, found none. To train them: deno task experiments run`,
    );
  }
  await Deno.mkdir(out, { recursive: true });
  const comparison = compareRows(gathered);
  for (const grid of gathered.grids) await writeGrid(grid, comparison, options);
  const text = formatExperimentReport({
    gathered,
    root,
    comparison,
    correlations: correlate(gathered),
  });
  await writeAtomically(`${out}/report.md`, text);
  await writeAtomically(`${out}/report.html`, await toPage(text));
  return text;
}

/**
 * Returns whether a grid has finished cells in any row other than the base. The base alone could
 * not answer the grid's question.
 */
function hasMoreThanBase({ rows, base }: GatheredGrid): boolean {
  return rows.some(({ experiment, cells }) => experiment !== base && cells.length > 0);
}

async function writeGrid(
  grid: GatheredGrid,
  comparison: RowComparison | undefined,
  { root, out }: ReportOptions,
): Promise<void> {
  const path = `${out}/${grid.name}`;
  await writeFrame(`${path}-cells`, cellFrame(grid));
  await writeFrame(path, rowFrame(grid));
  if (hasBase(grid)) {
    await writeAtomically(
      `${path}-differences.png`,
      await renderChart(differencesChart(grid, comparison)),
    );
  }
  const about = `${CURVE_IMAGES.toLocaleString("en")} generated against 10,000 training images`;
  await writeAtomically(
    `${path}-curve.png`,
    await renderChart(curveChart(grid, root, about)),
  );
  await writeAtomically(
    `${path}-losses.png`,
    await renderChart(lossesChart(grid, root)),
  );
  await writeAtomically(`${path}-sheets.png`, await drawStrips(grid, root));
}

async function writeFrame(path: string, frame: pl.DataFrame): Promise<void> {
  await writeAtomically(`${path}.csv`, frame.writeCSV());
  await writeAtomically(`${path}.parquet`, frame.writeParquet());
}

async function toPage(markdown: string): Promise<string> {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Experiments</title>
<style>
body { font: 16px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 75rem; padding: 0 1rem }
table { border-collapse: collapse; display: block; overflow-x: auto; font-size: 14px; font-variant-numeric: tabular-nums }
th, td { border-bottom: 1px solid #ddd; padding: .25rem .6rem; white-space: nowrap }
img { max-width: 100% }
</style>
${await marked.parse(markdown)}</html>
`;
}
