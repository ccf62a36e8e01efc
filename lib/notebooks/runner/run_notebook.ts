/**
 * Runs a notebook's cells in a new kernel, and stops at the first cell that fails.
 *
 * Details that change from run to run are dropped: the times at which cells ran, and the ids of
 * displays. Outputs that are marked as varying (see notebooks/cells/exhibits.ts) are kept, but they
 * are ignored when two runs are compared.
 */
import { OutputCollector } from "./collect_outputs.ts";
import { type CellError, Kernel, type KernelOptions } from "./kernel.ts";
import type { CodeCell, Notebook, Output } from "./notebook_file.ts";

/**
 * In `fast` mode, notebooks take only a few training steps. In `full` mode, they take the full
 * number of steps, which is how the committed outputs were made.
 */
export const notebookModes = ["fast", "full"] as const;
export type NotebookMode = (typeof notebookModes)[number];

export interface RunNotebookOptions extends KernelOptions {
  readonly mode: NotebookMode;
  /**
   * Called before each code cell is run, with the cell's number (from 1) and the number of code
   * cells.
   */
  readonly onCell?: (number: number, count: number) => void;
}

export interface NotebookRun {
  readonly notebook: Notebook;
  /** The code cell that failed, its number (from 1) and its error. Undefined if no cell failed. */
  readonly failure?: {
    readonly number: number;
    readonly cell: CodeCell;
    readonly error: CellError;
  };
}

/** Runs a copy of a notebook, and returns the copy with its new outputs. */
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
 * Returns the numbers (from 1) of the code cells whose code or outputs differ between two
 * notebooks.
 */
export function differingCells(one: Notebook, other: Notebook): number[] {
  const [ours, theirs] = [one, other].map(({ cells }) =>
    cells.filter((cell) => cell.cell_type === "code")
  );
  return ours.flatMap((cell, i) =>
    theirs[i] && fingerprint(cell) === fingerprint(theirs[i]) ? [] : [i + 1]
  );
}

/** Returns whether an output is marked as varying. */
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
 * Returns a JSON value in a form that can be compared: keys are sorted, and lists of strings are
 * joined.
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
  // Only the tags are kept, since the remaining metadata says when a cell ran or whether it was
  // folded. Cells with solutions also keep the setting that folds them.
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
