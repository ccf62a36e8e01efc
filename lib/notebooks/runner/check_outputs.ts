/**
 * Finds faults in the committed outputs of a notebook: blank charts and pictures, charts with
 * values of zero on a logarithmic scale, and cells that were not run.
 */
import sharp from "sharp";
import type { TopLevelSpec } from "vega-lite";
import { chartFaults } from "./chart_faults.ts";
import type { CodeCell, Notebook, Output } from "./notebook_file.ts";

/** A fault in the outputs of a code cell. */
export interface OutputProblem {
  readonly cell: string;
  readonly message: string;
}

/** Returns the faults in a notebook's outputs. */
export async function checkOutputs(
  notebook: Notebook,
): Promise<OutputProblem[]> {
  const cells = notebook.cells.filter((cell) => cell.cell_type === "code");
  const problems = unnumbered(cells);
  for (const { id, outputs } of cells) {
    for (const output of outputs) {
      const faults = await outputFaults(output);
      problems.push(...faults.map((message) => ({ cell: id, message })));
    }
  }
  return problems;
}

function unnumbered(cells: readonly CodeCell[]): OutputProblem[] {
  const unrun = cells.filter(({ execution_count }) => execution_count === null);
  if (unrun.length === cells.length) return [];
  return unrun.map(({ id }) => ({
    cell: id,
    message:
      "wanted an execution number like the other cells', found none. To fix it, run the whole notebook.",
  }));
}

async function outputFaults(output: Output): Promise<string[]> {
  const { data = {} } = output as { data?: Readonly<Record<string, unknown>> };
  const faults: string[] = [];
  for (const [type, content] of Object.entries(data)) {
    if (/^application\/vnd\.vegalite\./.test(type)) {
      faults.push(...await chartFaults(content as TopLevelSpec));
    }
    if (type === "image/png" && await isBlank(content)) {
      faults.push("the picture is blank: all its pixels are the same");
    }
  }
  return faults;
}

async function isBlank(content: unknown): Promise<boolean> {
  const text = Array.isArray(content) ? content.join("") : String(content);
  const { channels } = await sharp(Uint8Array.fromBase64(text)).stats();
  return channels.every(({ min, max }) => min === max);
}
