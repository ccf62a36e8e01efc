/** Formats the measurements of the page. */
import { formatFigures } from "../figure.ts";
import type { PageBenchReport } from "./measure.ts";

/** Formats the report as text. */
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
