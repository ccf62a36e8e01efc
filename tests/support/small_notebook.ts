/** Makes notebooks of a few cells for tests. */
import { fileURLToPath } from "node:url";
import type { Notebook } from "../../lib/notebooks/runner/notebook_file.ts";

/** Returns a notebook with only these code cells. */
export function notebookOf(...sources: readonly string[]): Notebook {
  return {
    nbformat: 4,
    nbformat_minor: 5,
    metadata: { language_info: { name: "typescript" } },
    cells: sources.map((source, i) => ({
      cell_type: "code",
      id: `cell-${i + 1}`,
      metadata: {},
      source,
      execution_count: null,
      outputs: [],
    })),
  };
}

/** Returns a markdown cell. */
export function prose(
  source: string,
  metadata: Record<string, unknown> = {},
): Notebook["cells"][number] {
  return { cell_type: "markdown", id: "prose", metadata, source };
}

/**
 * Returns the address from which a cell can import one of the project's modules, wherever the
 * cell's notebook lies.
 */
export function moduleOf(path: string): string {
  return JSON.stringify(
    new URL(`../../lib/${path}`, import.meta.url).href,
  );
}

/** The project's folder, whose deno.json the kernel must find. */
export const projectFolder = fileURLToPath(new URL("../../", import.meta.url));
