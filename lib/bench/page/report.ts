/** Formats the measurements of the page as a table of text. */
import { formatFigures } from "../figure.ts";
import type { PageBenchReport } from "./measure.ts";

/** Returns the report as lines of text. */
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
