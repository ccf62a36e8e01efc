/**
 * Checks the numbers in a Markdown text against their sources. Every number must be in a sentence
 * whose values are known, in a generated table, or in a phrase that is listed with a reason.
 */

import { findNumbers, findPhrase, findSentence, findTable, type Span } from "./find_in_text.ts";

/**
 * A sentence that the text must contain. In its template, `{}` stands for a number and `{*}` stands
 * for words. The values are listed in the order of the template. A space in the template also
 * matches a line break in the text.
 */
export interface Sentence {
  readonly template: string;
  readonly values: readonly string[];
}

/** A table that the text must contain. The first cell of its header identifies the table. */
export interface Table {
  readonly rows: readonly (readonly string[])[];
}

/**
 * A phrase whose numbers are not compared with a file. The reason says where the numbers come from
 * or what they mean.
 */
export interface Settled {
  readonly phrase: string;
  readonly reason: string;
}

export interface Account {
  readonly sentences: readonly Sentence[];
  readonly tables: readonly Table[];
  readonly settled: readonly Settled[];
}

/**
 * Returns messages about wrong and unknown numbers in the text, and about sentences, tables and
 * phrases that the text lacks.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * const account = {
 *   sentences: [{ template: "in {} ms", values: ["27"] }],
 *   tables: [],
 *   settled: [{ phrase: "the 80s", reason: "years" }],
 * };
 * assertEquals(faultsOfText("As in the 80s, in 27 ms", account), []);
 * assertEquals(faultsOfText("As in the 80s, in 28 ms on 3 cores", account), [
 *   '"in {} ms" wants 27, the text has 28',
 *   "line 1: 3 is not accounted for",
 * ]);
 * ```
 */
export function faultsOfText(text: string, account: Account): string[] {
  const covered: Span[] = [];
  const faults = [
    ...account.sentences.flatMap((each) => checkSentence(text, each, covered)),
    ...account.tables.flatMap((each) => checkTable(text, each, covered)),
    ...account.settled.flatMap((each) => checkSettled(text, each, covered)),
  ];
  const unknown = findNumbers(text)
    .filter(({ start }) => !covered.some((span) => span.start <= start && start < span.end))
    .map(({ start, end }) =>
      `line ${text.slice(0, start).split("\n").length}: ${text.slice(start, end)} is ` +
      "not accounted for"
    );
  return [...faults, ...unknown];
}

/**
 * Returns the text with all numbers in its sentences and tables replaced by the values of the
 * account.
 *
 * @throws {RangeError} if a sentence or a table of the account is missing from the text
 */
export function fillIn(text: string, { sentences, tables }: Account): string {
  for (const table of tables) {
    const { start, end } = wanted(
      findTable(text, table.rows[0][0]),
      table.rows[0][0],
    );
    text = text.slice(0, start) + formatTable(table) + text.slice(end);
  }
  for (const { template, values } of sentences) {
    const { numbers } = wanted(findSentence(text, template), template);
    for (const [i, { start, end }] of [...numbers.entries()].reverse()) {
      text = text.slice(0, start) + values[i] + text.slice(end);
    }
  }
  return text;
}

function checkSentence(
  text: string,
  { template, values }: Sentence,
  covered: Span[],
): string[] {
  const found = findSentence(text, template);
  if (!found) return [`"${template}" is not in the text`];
  covered.push(...found.numbers);
  const numbers = found.numbers.map(({ start, end }) =>
    text.slice(start, end).replaceAll(/\s+/g, " ")
  );
  if (numbers.join(" ") === values.join(" ")) return [];
  return [
    `"${template}" wants ${values.join(", ")}, the text has ${numbers.join(", ")}`,
  ];
}

function checkTable(text: string, table: Table, covered: Span[]): string[] {
  const found = findTable(text, table.rows[0][0]);
  if (!found) return [`the table "${table.rows[0][0]}" is not in the text`];
  covered.push(found);
  const lines = plainRows(text.slice(found.start, found.end));
  const wantedLines = plainRows(formatTable(table));
  return wantedLines.flatMap((line, i) =>
    line === lines[i] ? [] : [`the table wants "${line}", the text has "${lines[i]}"`]
  ).concat(
    lines.slice(wantedLines.length).map((line) => `the table has the extra line "${line}"`),
  );
}

function checkSettled(
  text: string,
  { phrase }: Settled,
  covered: Span[],
): string[] {
  const found = findPhrase(text, phrase);
  covered.push(...found);
  return found.length > 0 ? [] : [`"${phrase}" is settled and not in the text`];
}

function formatTable({ rows: [head, ...body] }: Table): string {
  return [head, head.map(() => "---"), ...body].map((cells) => `| ${cells.join(" | ")} |`).join(
    "\n",
  );
}

function plainRows(table: string): string[] {
  return table.split("\n").map((line) => line.replaceAll(/ +/g, " ").replaceAll(/-{3,}/g, "---"));
}

function wanted<T>(found: T | undefined, name: string): T {
  if (found !== undefined) return found;
  throw new RangeError(
    `Writing figures: wanted "${name}" in the text, found nothing like it.`,
  );
}
