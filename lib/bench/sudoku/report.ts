/** Formats the measurements of the Sudoku logic as text and as a chart. */
import { alignColumns } from "../../display/align_columns.ts";
import type { ChartSpec } from "../../display/charts.ts";
import { formatFigure, formatFigures } from "../figure.ts";
import type { SudokuBenchReport } from "./measure.ts";
import type { RaceReport } from "./race.ts";

/** Formats a report on the Sudoku logic as text. */
export function formatSudokuReport(report: SudokuBenchReport): string {
  const { suite, processor, versions, races, figures } = report;
  const software = Object.entries(versions).map((pair) => pair.join(" "));
  const names = races[0].timings.map(({ name }) => name);
  return [
    `${suite}: ${processor}, 1 thread; ${software.join(", ")}`,
    "",
    alignColumns([
      ["solved a second", "puzzles", ...names],
      ...races.map(({ list, puzzles, timings }) => [
        list,
        String(puzzles),
        ...timings.map(({ median }) => formatFigure(1000 / median)),
      ]),
    ]),
    "",
    formatFigures(figures),
  ].join("\n");
}

/**
 * Returns a chart of the number of puzzles solved per second. Each list of puzzles has its own
 * scale.
 */
export function sudokuChart(
  { processor, races }: SudokuBenchReport,
): ChartSpec {
  const y = {
    field: "name",
    type: "nominal",
    sort: races[0].timings.map(({ name }) => name),
    title: null,
  } as const;
  const x = { field: "speed", type: "quantitative", title: null } as const;
  return {
    title: {
      text: "Sudoku puzzles solved a second",
      subtitle:
        `${processor}, 1 thread; medians of ${races[0].timings[0].rounds.length} interleaved ` +
        "rounds",
    },
    data: { values: races.flatMap(barsOf) },
    facet: {
      row: {
        field: "list",
        type: "nominal",
        title: null,
        sort: races.map(({ list }) => list),
        header: { labelAngle: 0, labelOrient: "top", labelAnchor: "start" },
      },
    },
    spec: {
      width: 480,
      height: { step: 28 },
      layer: [
        { mark: { type: "bar", color: "#56b4e9" }, encoding: { x, y } },
        {
          mark: { type: "text", align: "left", dx: 6, fontSize: 10 },
          encoding: { x, y, text: { field: "text" } },
        },
      ],
    },
    resolve: { scale: { x: "independent" } },
  };
}

function barsOf({ list, timings }: RaceReport) {
  return timings.map(({ name, median }) => ({
    list,
    name,
    speed: 1000 / median,
    text: formatFigure(1000 / median),
  }));
}
