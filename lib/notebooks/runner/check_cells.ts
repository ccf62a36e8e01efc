/**
 * Checks the formatting and the types of a notebook's code, and whether the code follows the rules
 * of `deno lint`. This file is needed because Deno's own commands silently skip notebooks.
 *
 * To check types and lint rules, all code cells are written to a single temporary module. The file
 * is placed next to the notebook so that relative imports resolve.
 */
import { basename, dirname, join } from "node:path";
import { type Notebook, NotebookError, readNotebook } from "./notebook_file.ts";

/** A fault in a notebook's code. */
export interface CellProblem {
  readonly check: "format" | "types" | "lint";
  /**
   * The message that Deno printed. Each position in it consists of the number of a code cell,
   * counted from 1, and a line and a column in that cell.
   */
  readonly message: string;
}

/** Returns the faults that Deno finds in a notebook's code. */
export async function checkCells(path: string): Promise<CellProblem[]> {
  const problems = await checkFormat(path);
  const { code, starts } = extractModule(await readNotebook(path));
  const file = join(dirname(path), `.${basename(path)}.${Deno.pid}.ts`);
  await Deno.writeTextFile(file, code);
  try {
    for (const check of ["types", "lint"] as const) {
      const command = check === "types" ? ["check", "--quiet"] : ["lint"];
      const { success, text } = await runDeno([...command, file]);
      if (success) continue;
      problems.push({ check, message: nameCells(text, path, file, starts) });
    }
  } finally {
    await Deno.remove(file);
  }
  return problems;
}

/**
 * Joins the code cells of a notebook into one module. Returns the module's code, and the line
 * number (counting from 1) at which each cell starts.
 */
export function extractModule(
  notebook: Notebook,
): { readonly code: string; readonly starts: readonly number[] } {
  const lines: string[] = [];
  const starts: number[] = [];
  for (const cell of notebook.cells) {
    if (cell.cell_type !== "code") continue;
    starts.push(lines.length + 1);
    lines.push(...cell.source.split("\n"), "");
  }
  // A file without import or export would be a script, in which top-level await is not allowed.
  return { code: [...lines, "export {};", ""].join("\n"), starts };
}

/**
 * Compares the cells with the output of `deno fmt`. Its option `--check` is not used, because it
 * fails even on notebooks that are formatted.
 */
async function checkFormat(path: string): Promise<CellProblem[]> {
  const notebook = await readNotebook(path);
  const language = notebook.metadata.language_info as
    | { name?: string }
    | undefined;
  if (language?.name !== "typescript") {
    return [{
      check: "format",
      message:
        `${path}: wanted metadata.language_info.name "typescript", which formatting needs; found ` +
        `${JSON.stringify(language?.name)}.`,
    }];
  }
  const sources = (list: Notebook) => list.cells.map(({ source }) => source);
  const { success, text } = await runDeno(
    ["fmt", "--ext", "ipynb", "-"],
    await Deno.readTextFile(path),
  );
  if (!success) return [{ check: "format", message: `${path}: ${text}` }];
  const wanted = sources(JSON.parse(text)).map(asText);
  const wrong = sources(notebook).flatMap((source, i) =>
    source === wanted[i] ? [] : [notebook.cells[i].id]
  );
  return wrong.length === 0 ? [] : [{
    check: "format",
    message: `${path}: not formatted: cells ${wrong.join(", ")}. To fix it: deno task notebooks ` +
      "--format",
  }];
}

/** Reads a notebook and returns it with its code formatted. */
export async function formatCells(path: string): Promise<Notebook> {
  const notebook = await readNotebook(path);
  const { success, text } = await runDeno(
    ["fmt", "--ext", "ipynb", "-"],
    await Deno.readTextFile(path),
  );
  if (!success) throw new NotebookError(`Formatting ${path}: ${text}`);
  const formatted: Notebook = JSON.parse(text);
  notebook.cells.forEach((cell, i) => cell.source = asText(formatted.cells[i].source));
  return notebook;
}

function asText(source: string | readonly string[]): string {
  return typeof source === "string" ? source : source.join("");
}

function nameCells(
  text: string,
  path: string,
  file: string,
  starts: readonly number[],
): string {
  const name = file.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");
  return text.replaceAll(
    new RegExp(`(?:file://)?${name}:(\\d+):(\\d+)`, "g"),
    (_, line: string, column: string) => {
      const cell = starts.findLastIndex((start) => start <= Number(line));
      const inCell = Number(line) - (starts[cell] ?? 1) + 1;
      return `${path} code cell ${cell + 1}, line ${inCell}:${column}`;
    },
  );
}

async function runDeno(
  args: readonly string[],
  input?: string,
): Promise<{ readonly success: boolean; readonly text: string }> {
  const child = new Deno.Command(Deno.execPath(), {
    args: [...args],
    env: { NO_COLOR: "1" },
    stdin: input === undefined ? "null" : "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  if (input !== undefined) {
    const writer = child.stdin.getWriter();
    // If the command ends early, its exit status says why.
    await writer.write(new TextEncoder().encode(input)).catch(() => {});
    await writer.close().catch(() => {});
  }
  const { success, stdout, stderr } = await child.output();
  const decoder = new TextDecoder();
  return {
    success,
    text: decoder.decode(stdout) + (success ? "" : decoder.decode(stderr)),
  };
}
