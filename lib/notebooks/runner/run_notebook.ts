/**
 * Runs a notebook in a new kernel, up to the first failure.
 *
 * Times and display names are dropped. Outputs marked as varying are kept, but not compared (see
 * notebooks/cells/exhibits.ts).
 */
import { OutputCollector } from "./collect_outputs.ts";
import { type CellError, Kernel, type KernelOptions } from "./kernel.ts";
import type { CodeCell, Notebook, Output } from "./notebook_file.ts";

/** `fast` takes a few training steps. `full` takes as many as for the committed outputs. */
export const notebookModes = ["fast", "full"] as const;
export type NotebookMode = (typeof notebookModes)[number];

export interface RunNotebookOptions extends KernelOptions {
  readonly mode: NotebookMode;
  /** Called before each code cell, with its number (from 1) and the count of code cells. */
  readonly onCell?: (number: number, count: number) => void;
}

export interface NotebookRun {
  readonly notebook: Notebook;
  /** The failed code cell, with its number (from 1). */
  readonly failure?: {
    readonly number: number;
    readonly cell: CodeCell;
    readonly error: CellError;
  };
}

/** Runs a notebook. */
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

/** Returns the numbers (from 1) of code cells that differ in code or outputs. */
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

/** Sorts keys, and joins lists of lines. */
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
  // Other metadata says when a cell ran or whether it was folded. Solutions stay folded.
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
