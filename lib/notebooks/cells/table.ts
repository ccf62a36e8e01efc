/** Creates tables for a notebook, both as HTML and as plain text. */
import type { Exhibit } from "./broadcast.ts";
import { escapeHtml } from "../../display/escape_html.ts";

export type TableValue = string | number | bigint | boolean | null;
export type TableRow = Readonly<Record<string, TableValue>>;

interface Frame {
  toRecords(): readonly Record<string, unknown>[];
}

/** The rows of a table, or a data frame of a library such as Polars. */
export type TableSource = readonly TableRow[] | Frame;

export interface TableOptions {
  /**
   * Number of decimals for each named column. By default, numbers that are not whole have about
   * four significant digits.
   */
  readonly decimals?: Readonly<Record<string, number>>;
  readonly caption?: string;
}

/** Returns a table that shows all rows. */
export function table(
  source: TableSource,
  { decimals = {}, caption }: TableOptions = {},
): Exhibit {
  const rows = Array.isArray(source)
    ? source as readonly TableRow[]
    : (source as Frame).toRecords() as readonly TableRow[];
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const columns = names.map((name) => ({
    name,
    isNumber: rows.every((row) => typeof row[name] !== "string"),
    cells: rows.map((row) => formatValue(row[name] ?? null, decimals[name])),
  }));
  return {
    data: {
      "text/html": formatHtml(columns, rows.length, caption),
      "text/plain": formatText(columns, rows.length, caption),
    },
    metadata: {},
  };
}

interface Column {
  readonly name: string;
  readonly isNumber: boolean;
  readonly cells: readonly string[];
}

function formatValue(value: TableValue, decimals: number | undefined): string {
  if (value === null) return "";
  if (typeof value !== "number") return String(value);
  if (!Number.isFinite(value)) return String(value);
  if (decimals !== undefined) return withThousands(value.toFixed(decimals));
  if (Number.isInteger(value)) return withThousands(String(value));
  const magnitude = Math.floor(Math.log10(Math.abs(value)));
  return magnitude < -4
    ? value.toExponential(2)
    : withThousands(value.toFixed(Math.max(0, 3 - magnitude)));
}

function withThousands(digits: string): string {
  const [whole, fraction] = digits.split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ",");
  return fraction === undefined ? grouped : `${grouped}.${fraction}`;
}

function formatHtml(
  columns: readonly Column[],
  rowCount: number,
  caption: string | undefined,
): string {
  const align = (column: Column) => column.isNumber ? "right" : "left";
  const cell = (tag: "td" | "th", column: Column, text: string) =>
    `<${tag} style="text-align:${align(column)}">${escapeHtml(text)}</${tag}>`;
  const head = columns.map((column) => cell("th", column, column.name));
  const body = Array.from(
    { length: rowCount },
    (_, i) => `<tr>${columns.map((column) => cell("td", column, column.cells[i])).join("")}</tr>`,
  );
  return [
    "<table>",
    ...(caption === undefined
      ? []
      : [`<caption style="text-align:left">${escapeHtml(caption)}</caption>`]),
    `<thead><tr>${head.join("")}</tr></thead>`,
    "<tbody>",
    ...body,
    "</tbody></table>",
  ].join("\n");
}

function formatText(
  columns: readonly Column[],
  rowCount: number,
  caption: string | undefined,
): string {
  const padded = columns.map(({ name, isNumber, cells }) => {
    const width = Math.max(...[name, ...cells].map(({ length }) => length));
    return [name, ...cells].map((text) => isNumber ? text.padStart(width) : text.padEnd(width));
  });
  const lines = Array.from(
    { length: rowCount + 1 },
    (_, i) => padded.map((cells) => cells[i]).join("  ").trimEnd(),
  );
  return [...(caption === undefined ? [] : [caption]), ...lines].join("\n");
}
