/** Formats the results of the page's benchmark. */
import { formatFigures } from "../figure.ts";
import type { PageBenchReport } from "./measure.ts";

/** Formats a report as text, with a table of its figures. */
export function formatPageReport(
  { suite, processor, threads, versions, figures }: PageBenchReport,
): string {
  const software = Object.entries(versions).map((pair) => pair.join(" "));
  return [
    `${suite}: ${processor}, ${threads} cores; ${software.join(", ")}`,
    "",
    formatFigures(figures),
  ].join("\n");
}
