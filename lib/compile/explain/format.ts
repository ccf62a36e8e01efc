/** Formats explanations as a table, and as a trace for Chrome's trace viewer. */
import { markdownTable } from "markdown-table";
import type { Amount, Explanation } from "./explain.ts";

/**
 * Formats explanations as Markdown.
 *
 * @param most maximum number of kinds of operations to list for each function
 */
export function explanationTable(
  explanations: readonly Explanation[],
  most = 12,
): string {
  return explanations.map((explanation) => describeOne(explanation, most)).join("\n\n");
}

function describeOne(explanation: Explanation, most: number): string {
  const { operations, constants, captured, variables, byOperation, slowest } = explanation;
  const shapes = explanation.arguments.map((shape) => `[${shape.join(", ")}]`).join(", ");
  const times = byOperation.slice(0, most).map(({ operation, count, milliseconds, share }) => [
    operation,
    `${count}`,
    milliseconds.toFixed(3),
    `${(100 * share).toFixed(1)} %`,
  ]);
  const places = slowest.map(({ operation, milliseconds, place }) => [
    operation,
    milliseconds.toFixed(3),
    place,
  ]);
  return [
    `${explanation.name}(${shapes}): ${explanation.milliseconds.toFixed(2)} ms`,
    `Operations: ${operations.traced} traced, ${operations.run} run.`,
    `Constants: ${amount(constants)}. Captured: ${amount(captured)}. ` +
    `Variables: ${amount(variables)}. Allocated in a run: ${bytes(explanation.allocatedBytes)}.`,
    markdownTable([["operation", "count", "ms", "share"], ...times], {
      align: ["l", "r", "r", "r"],
    }),
    markdownTable([["slowest", "ms", "called"], ...places], { align: ["l", "r", "l"] }),
  ].join("\n\n");
}

/**
 * Formats explanations as JSON for Chrome's trace viewer (chrome://tracing, ui.perfetto.dev). The
 * viewer shows each function as a process, with one row per thread.
 */
export function chromeTrace(explanations: readonly Explanation[]): string {
  const traceEvents = explanations.flatMap(({ name, arguments: shapes, run }, pid) => [
    {
      name: "process_name",
      ph: "M",
      pid,
      args: { name: `${name}(${shapes.map((shape) => `[${shape}]`)})` },
    },
    ...run.map(({ node, operation, start, microseconds, thread, bytes }) => ({
      name: operation,
      ph: "X",
      pid,
      tid: thread,
      ts: start,
      dur: microseconds,
      args: { node, bytes },
    })),
  ]);
  return JSON.stringify({ traceEvents });
}

function amount({ count, bytes: size }: Amount): string {
  return `${count} (${bytes(size)})`;
}

function bytes(size: number): string {
  const units = ["B", "kB", "MB", "GB"];
  const power = size < 1 ? 0 : Math.min(Math.floor(Math.log10(size) / 3), units.length - 1);
  return `${(size / 1000 ** power).toFixed(power === 0 ? 0 : 1)} ${units[power]}`;
}
