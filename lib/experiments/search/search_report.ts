/** Describes a search in words: the result of each rung, and the options of the best candidate. */
import { alignColumns } from "../../display/align_columns.ts";
import { base } from "../experiment.ts";
import type { ReadRung } from "./read_search.ts";
import type { Rung, Standing } from "./search.ts";

/** Formats the ranking of a rung, best first. */
export function formatStandings(
  { steps }: Rung,
  standings: readonly Standing[],
): string {
  const rows = standings.map(({ cell, shortfall }, i) => [
    String(i + 1),
    cell.experiment.name,
    Number.isFinite(shortfall) ? shortfall.toFixed(2) : "broken",
    describeOptions(cell.experiment.options),
  ]);
  return `${steps.toLocaleString("en")} steps; distances from the goals:\n${alignColumns(rows)}`;
}

/** Lists the options that differ from those of the base experiment, as names with their values. */
export function describeOptions(options: object): string {
  const before = base.options as Record<string, unknown>;
  return Object.entries(options).filter(([key, value]) =>
    JSON.stringify(value) !== JSON.stringify(before[key])
  ).map(([key, value]) => `${key} ${value}`).join(", ");
}

/** Returns a row per rung of a search: its cells, and the best candidate once all are finished. */
export function rungRows(rungs: readonly ReadRung[]): Record<string, string | number | null>[] {
  return rungs.map(({ steps, size, cells, standings }) => {
    const [best] = standings ?? [];
    const isWhole = best !== undefined && cells.length >= size;
    return {
      ...{ steps, "candidates begun": `${cells.length} of ${size}` },
      best: isWhole ? best.cell.experiment.name : "not known yet",
      "distance from the goals": isWhole ? best.shortfall : null,
      recipe: isWhole ? describeOptions(best.cell.experiment.options) : "",
    };
  });
}
