/** Derives the README's claims about the Sudoku page from data/benchmarks/bench-page.json. */
import type { PageBenchReport } from "../../bench/page/measure.ts";
import type { Sentence, Table } from "./figures.ts";
import { shortVersion, whole } from "../../display/format_number.ts";
import type { Records } from "./records.ts";

/**
 * Returns a table of the page's size and response times, and of its server's performance under
 * load.
 */
export function pageTable({ page }: Records): Table {
  const value = (pattern: RegExp) => whole(valueOf(page, pattern));
  const times = (name: string) =>
    `median ${value(new RegExp(`^${name}.*: median$`))} ms, ` +
    `worst of ${page.times[timesOf[name]].length}: ${value(new RegExp(`^${name}.*: worst$`))} ms`;
  const rate = valueOf(page, /^server: requests answered/);
  return {
    rows: [
      ["the page", "result"],
      ["first load, compressed", `${value(/^first load, kB/)} kB`],
      ["first load until the page responds", times("first load to interactive")],
      ["key press until the frame is painted", times("key press to painted frame")],
      ["Extreme puzzle, from the click until the board is painted", times("Extreme puzzle at")],
      [
        "hostile input until it is accepted or refused",
        `at most ${value(/^hostile.*x.*worst$/)} ms`,
      ],
      [
        "server of `deno task sudoku play`",
        `${whole(Number(rate.toPrecision(2)))} requests per second, ` +
        `${value(/^server: failed/)} failed, 99 % within ${value(/^server: 99th/)} ms`,
      ],
    ],
  };
}

/**
 * Maps the beginning of a figure's name to a key of the report's `times`. There is an entry for
 * each figure that is a time.
 */
const timesOf: Readonly<Record<string, string>> = {
  "first load to interactive": "load",
  "key press to painted frame": "key",
  "Extreme puzzle at": "puzzle",
};

/** Returns the sentence about the browser. */
export function pageSentences({ page }: Records): Sentence[] {
  return [{ template: "in Chromium {} on an", values: [shortVersion(page.versions.chromium)] }];
}

function valueOf({ figures }: PageBenchReport, pattern: RegExp): number {
  return figures.find(({ name }) => pattern.test(name))?.value ?? NaN;
}
