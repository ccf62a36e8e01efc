import { fileURLToPath } from "node:url";
import type { Notebook } from "../../lib/notebooks/runner/notebook_file.ts";

/** Returns a notebook that consists of code cells with the given sources. */
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

export function prose(
  source: string,
  metadata: Record<string, unknown> = {},
): Notebook["cells"][number] {
  return { cell_type: "markdown", id: "prose", metadata, source };
}

/** Returns the address of a module in lib/, as a quoted string for an import in a cell. */
export function moduleOf(path: string): string {
  return JSON.stringify(
    new URL(`../../lib/${path}`, import.meta.url).href,
  );
}

/** The project's folder. The kernel must find the deno.json in this folder. */
export const projectFolder = fileURLToPath(new URL("../../", import.meta.url));
