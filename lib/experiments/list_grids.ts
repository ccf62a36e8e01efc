/** Formats a list of grids as text. */
import { alignColumns } from "../display/align_columns.ts";
import type { ExperimentGrid } from "./experiment.ts";

/**
 * Returns text that lists the grids, each with its question and its experiments. The last line
 * names the command that searches for the best recipe.
 */
export function formatGrids(grids: readonly ExperimentGrid[]): string {
  const texts = grids.map(({ name, title, question, rows }) =>
    [
      `${name}: ${title}. ${question}`,
      alignColumns(
        rows.map(({ experiment, label }) => ["", experiment.name, label]),
      ),
    ].join("\n")
  );
  return [
    ...texts,
    "To search for the best recipe: deno task experiments search (--dry-run shows the candidates)",
  ].join("\n\n");
}
