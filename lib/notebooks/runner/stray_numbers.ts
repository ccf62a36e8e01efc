/**
 * Finds numbers in a notebook's prose that occur neither in its code nor in its outputs.
 *
 * Only numbers that have a decimal point or at least two digits are checked. A number that is
 * quoted from elsewhere is allowed if the cell's metadata lists it, as in `"quoted": ["6.8"]`.
 */
import type { Notebook, Output } from "./notebook_file.ts";

export interface StrayNumber {
  readonly cell: string;
  readonly number: string;
}

/**
 * Returns the numbers in a notebook's Markdown cells that occur neither in code nor in an output.
 */
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

/**
 * Returns the numbers in a text that have a decimal point or at least two digits. Separators of
 * thousands and zeros before a decimal point are removed.
 */
function numbersIn(text: string): string[] {
  return (text.replaceAll(/(?<=\d)[,_](?=\d{3})/g, "")
    .match(/\d*\.\d+|\d{2,}/g) ?? []).map((number) => number.replace(/^0+(?=\.)/, ""));
}

/** Removes web addresses, targets of links, arXiv numbers and years. */
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
