/**
 * Finds numbers in a notebook's prose that are not borne out by its code or its outputs.
 *
 * Only numbers with a decimal point or at least two digits are checked, because such numbers look
 * like measurements. Each of these numbers must occur in the notebook's code or in the output of a
 * nearby cell; the output of a distant cell does not count, since it may contain the same number by
 * chance. If prose near an output states a number from that output, then prose anywhere in the
 * notebook may repeat the number. Numbers that are quoted from elsewhere or rounded are listed in
 * the cell's metadata, as in `"quoted": ["6.8"]`, and the prose says where they are from.
 */
import type { Notebook, Output } from "./notebook_file.ts";

export interface StrayNumber {
  readonly cell: string;
  readonly number: string;
}

/**
 * The maximum distance, in cells, between a number in the prose and an output that bears it out.
 */
const NEARBY = 8;

/** Returns the numbers in Markdown cells that are neither borne out nor quoted. */
export function strayNumbers({ cells }: Notebook): StrayNumber[] {
  const code = cells.flatMap((cell) => cell.cell_type === "code" ? numbersIn(cell.source) : []);
  const shown = cells.map((cell) =>
    cell.cell_type === "code" ? cell.outputs.map(textOf).flatMap(numbersIn) : []
  );
  const told = cells.map((cell) =>
    cell.cell_type === "markdown" ? numbersIn(withoutAddresses(cell.source)) : []
  );
  const isNear = (number: string, at: number) =>
    shown.slice(Math.max(0, at - NEARBY), at + NEARBY + 1).some((own) => own.includes(number));
  const borneOut = new Set([
    ...code,
    ...told.flatMap((numbers, at) => numbers.filter((number) => isNear(number, at))),
  ]);
  return cells.flatMap(({ id, metadata }, at) => {
    const quoted = new Set(metadata.quoted as string[] | undefined);
    return told[at].filter((number) => !borneOut.has(number) && !quoted.has(number))
      .map((number) => ({ cell: id, number }));
  });
}

/**
 * Returns the numbers in a text that have a decimal point or at least two digits. Thousands
 * separators are removed from the numbers, and so are leading zeros directly before a decimal
 * point.
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
