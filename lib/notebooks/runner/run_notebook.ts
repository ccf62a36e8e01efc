/**
 * Runs a notebook's cells in order, in a kernel of its own, and stops at the first that fails.
 *
 * What differs from run to run is not kept: who ran a cell when, the names of displays. Outputs
 * that say themselves that they vary (a clock's, see display/notebook.ts) are kept, and left out
 * when two runs are compared.
 */
import { OutputCollector } from "./collect_outputs.ts";
import { type CellError, Kernel, type KernelOptions } from "./kernel.ts";
import type { CodeCell, Notebook, Output } from "./notebook_file.ts";

/** Small step counts, to see that all works; or those of the committed outputs. */
export const notebookModes = ["fast", "full"] as const;
export type NotebookMode = (typeof notebookModes)[number];

export interface RunNotebookOptions extends KernelOptions {
  readonly mode: NotebookMode;
  /** Told before each code cell: its number, from 1, and how many there are. */
  readonly onCell?: (number: number, count: number) => void;
}

export interface NotebookRun {
  /** The notebook with the outputs of this run. */
  readonly notebook: Notebook;
  /** Present where a cell failed: its number among the code cells, from 1, and why. */
  readonly failure?: {
    readonly number: number;
    readonly cell: CodeCell;
    readonly error: CellError;
  };
}

/** Runs a notebook; the one that is given stays as it is. */
export async function runNotebook(
  notebook: Notebook,
  { mode, onCell, ...kernelOptions }: RunNotebookOptions,
): Promise<NotebookRun> {
  const run = structuredClone(notebook);
  run.metadata = cleanMetadata(run.metadata, mode);
  const cells = run.cells.filter((cell) => cell.cell_type === "code");
  for (const cell of cells) clear(cell);
  await using kernel = await Kernel.start({
    ...kernelOptions,
    env: { ...kernelOptions.env, NOTEBOOK_MODE: mode },
  });
  const collector = new OutputCollector();
  for (const [i, cell] of cells.entries()) {
    onCell?.(i + 1, cells.length);
    const { outputs, add } = collector.begin();
    cell.outputs = outputs;
    cell.execution_count = i + 1;
    const { error } = await kernel.execute(cell.source, add);
    numberResults(outputs, i + 1);
    if (error) {
      return { notebook: run, failure: { number: i + 1, cell, error } };
    }
  }
  return { notebook: run };
}

/**
 * Numbers of the code cells, from 1, whose outputs differ, what varies left aside; all where the
 * cells themselves do.
 */
export function differingCells(one: Notebook, other: Notebook): number[] {
  const [ours, theirs] = [one, other].map(({ cells }) =>
    cells.filter((cell) => cell.cell_type === "code")
  );
  return ours.flatMap((cell, i) =>
    theirs[i] && fingerprint(cell) === fingerprint(theirs[i]) ? [] : [i + 1]
  );
}

/** Whether an output says that it is another at each run. */
export function varies(output: Output): boolean {
  const metadata = output.metadata as
    | { sudogan?: { varies?: boolean } }
    | undefined;
  return metadata?.sudogan?.varies === true;
}

function fingerprint({ source, outputs }: CodeCell): string {
  return JSON.stringify([
    source,
    outputs.filter((output) => !varies(output)).map(flatten),
  ]);
}

/**
 * The same form for outputs that were read from a file, with texts in lines, and for fresh ones.
 */
function flatten(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.length > 0 && value.every((line) => typeof line === "string")
      ? value.join("")
      : value.map(flatten);
  }
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).sort(([a], [b]) => a < b ? -1 : 1).map((
      [key, inner],
    ) => [key, flatten(inner)]),
  );
}

function clear(cell: CodeCell): void {
  cell.outputs = [];
  cell.execution_count = null;
  const { tags, jupyter } = cell.metadata;
  // Jupyter notes here when a cell ran, and how the reader has folded it. Solutions are folded.
  const isSolution = Array.isArray(tags) && tags.includes("solution");
  cell.metadata = { ...(tags !== undefined && { tags }), ...(isSolution && { jupyter }) };
}

function cleanMetadata(
  metadata: Notebook["metadata"],
  mode: NotebookMode,
): Notebook["metadata"] {
  return {
    ...metadata,
    kernelspec: { display_name: "Deno", language: "typescript", name: "deno" },
    language_info: {
      file_extension: ".ts",
      mimetype: "text/x.typescript",
      name: "typescript",
    },
    sudogan: { mode },
  };
}

function numberResults(outputs: readonly Output[], number: number): void {
  for (const output of outputs) {
    if (output.output_type === "execute_result") {
      output.execution_count = number;
    }
  }
}
