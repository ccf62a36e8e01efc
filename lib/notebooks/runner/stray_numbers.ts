/**
 * Numbers in a notebook's prose that its run does not bear out.
 *
 * A number with a point in it, or of two digits and more, counts: such a number claims to have been
 * measured. It has to stand, in the same notebook, in an output or in code. What is quoted from
 * elsewhere is listed in the cell's metadata, as `"quoted": ["6.8"]`, with its source in the text.
 */
import type { Notebook, Output } from "./notebook_file.ts";

export interface StrayNumber {
  /** The cell's id. */
  readonly cell: string;
  readonly number: string;
}

/** The numbers in the markdown cells that stand neither in code nor in an output. */
export function strayNumbers(notebook: Notebook): StrayNumber[] {
  const borneOut = new Set(
    notebook.cells.flatMap((cell) =>
      cell.cell_type === "code" ? [cell.source, ...cell.outputs.map(textOf)].flatMap(numbersIn) : []
    ),
  );
  return notebook.cells.flatMap((cell) => {
    if (cell.cell_type !== "markdown") return [];
    const quoted = new Set(cell.metadata.quoted as string[] | undefined);
    return numbersIn(withoutAddresses(cell.source))
      .filter((number) => !borneOut.has(number) && !quoted.has(number))
      .map((number) => ({ cell: cell.id, number }));
  });
}

/** Numbers that claim precision, without separators and without a zero before the point. */
function numbersIn(text: string): string[] {
  return (text.replaceAll(/(?<=\d)[,_](?=\d{3})/g, "")
    .match(/\d*\.\d+|\d{2,}/g) ?? []).map((number) => number.replace(/^0+(?=\.)/, ""));
}

/** Addresses, and references such as arXiv 1406.2661, years among them, are names. */
function withoutAddresses(text: string): string {
  return text.replaceAll(/https?:\/\/[^\s)]+/g, "")
    .replaceAll(/\]\([^)]*\)/g, "]")
    .replaceAll(/arXiv[:\s]+\d{4}\.\d+/g, "")
    .replaceAll(/\b(19|20)\d\d\b/g, "");
}

function textOf(output: Output): string {
  const { text, data } = output as {
    text?: unknown;
    data?: Readonly<Record<string, unknown>>;
  };
  const plain = data?.["text/plain"] ?? text ?? "";
  return Array.isArray(plain) ? plain.join("") : String(plain);
}
