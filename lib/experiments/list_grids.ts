/** The grids in words. */
import { alignColumns } from "../display/align_columns.ts";
import type { ExperimentGrid } from "./experiment.ts";

/** Each grid with its question, and its experiments. */
export function formatGrids(grids: readonly ExperimentGrid[]): string {
  return grids.map(({ name, title, question, rows }) =>
    [
      `${name}: ${title}. ${question}`,
      alignColumns(
        rows.map(({ experiment, label }) => ["", experiment.name, label]),
      ),
    ].join("\n")
  ).join("\n\n");
}
