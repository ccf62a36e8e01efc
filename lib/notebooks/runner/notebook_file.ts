/**
 * Reads and writes notebooks (nbformat 4.5). They are written in the same layout that Jupyter uses,
 * so that diffs stay small.
 */
import { z } from "zod";
import { writeAtomically } from "../../system/atomic_write.ts";
import { describeProblem } from "../../system/describe_problem.ts";
import { UserError } from "../../system/user_error.ts";

/** A string, which a notebook may also store as a list of lines. */
const text = z.union([z.string(), z.array(z.string())]).transform((value) =>
  typeof value === "string" ? value : value.join("")
);
const json = z.record(z.string(), z.unknown());

const outputSchema = z.looseObject({
  output_type: z.enum(["stream", "display_data", "execute_result", "error"]),
});

const markdownCell = z.looseObject({
  cell_type: z.enum(["markdown", "raw"]),
  id: z.string(),
  metadata: json,
  source: text,
});

const codeCell = z.looseObject({
  cell_type: z.literal("code"),
  id: z.string(),
  metadata: json,
  source: text,
  execution_count: z.int().nullable(),
  outputs: z.array(outputSchema),
});

const notebookSchema = z.looseObject({
  nbformat: z.literal(4),
  nbformat_minor: z.int().min(5),
  metadata: json,
  cells: z.array(z.discriminatedUnion("cell_type", [markdownCell, codeCell])),
});

export type Output = z.output<typeof outputSchema>;
export type CodeCell = z.output<typeof codeCell>;
export type Notebook = z.output<typeof notebookSchema>;
export type NotebookCell = Notebook["cells"][number];

/** Thrown if a file is not a notebook. */
export class NotebookError extends UserError {
  override name = "NotebookError";
}

/**
 * Reads a notebook.
 *
 * @throws {NotebookError} if the file is not a notebook
 */
export async function readNotebook(path: string): Promise<Notebook> {
  return parseNotebook(await Deno.readTextFile(path), path);
}

/**
 * Parses the content of a notebook file.
 *
 * @param name name of the file for error messages
 * @throws {NotebookError} if the content is not a notebook
 */
export function parseNotebook(content: string, name: string): Notebook {
  try {
    return notebookSchema.parse(JSON.parse(content));
  } catch (cause) {
    throw new NotebookError(
      `Reading ${name}: wanted a notebook (nbformat 4.5), found something else ` +
        `(${describeProblem(cause)}). To restore the committed one: git checkout -- ${name}`,
      { cause },
    );
  }
}

/** Writes a notebook. */
export async function writeNotebook(
  path: string,
  notebook: Notebook,
): Promise<void> {
  await writeAtomically(path, formatNotebook(notebook));
}

/**
 * Returns the text of a notebook file. Keys are sorted, texts are stored as lists of lines, and
 * each level is indented by one space.
 */
export function formatNotebook(notebook: Notebook): string {
  const cells = notebook.cells.map((cell) => ({
    ...cell,
    source: toLines(cell.source),
    ...("outputs" in cell && {
      outputs: (cell.outputs as Output[]).map(formatOutput),
    }),
  }));
  return `${JSON.stringify(sortKeys({ ...notebook, cells }), null, 1)}\n`;
}

function formatOutput(output: Output): unknown {
  const { text, data } = output as {
    text?: unknown;
    data?: Record<string, unknown>;
  };
  return {
    ...output,
    ...(typeof text === "string" && { text: toLines(text) }),
    ...(data && {
      data: Object.fromEntries(
        Object.entries(data).map((
          [type, value],
        ) => [type, isText(type, value) ? toLines(value) : value]),
      ),
    }),
  };
}

function isText(type: string, value: unknown): value is string {
  return type.startsWith("text/") && typeof value === "string";
}

function toLines(content: string): string[] {
  return content.split(/(?<=\n)/).filter((line) => line !== "");
}

function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortKeys);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).sort(([a], [b]) => a < b ? -1 : 1).map((
      [key, inner],
    ) => [key, sortKeys(inner)]),
  );
}
