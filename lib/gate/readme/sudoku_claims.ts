/** Derives the README's claims about Sudoku from data/benchmarks/bench-sudoku.json. */
import type { Figure } from "../../bench/figure.ts";
import { hostileGridCount } from "../../bench/sudoku/hostile_grids.ts";
import { compareSpeeds } from "../../bench/sudoku/race.ts";
import { levels } from "../../sudoku/mod.ts";
import type { Sentence, Table } from "./figures.ts";
import { threeDigits, whole } from "../../display/format_number.ts";
import type { Records } from "./records.ts";

const lists: Readonly<Record<string, (puzzles: number) => string>> = {
  clue17: (puzzles) => `${whole(puzzles)} puzzles with 17 clues`,
  magictour: (puzzles) => `magictour's ${whole(puzzles)}`,
  se11: (puzzles) => `${whole(puzzles)} rated 11 and up`,
};

/** Returns the table that shows how many puzzles each solver solves per second. */
export function raceTable({ sudoku }: Records): Table {
  const { races, versions } = sudoku;
  const peer = versions["@algorithm.ts/sudoku"];
  const solvers: Readonly<Record<string, string>> = {
    sudogan: "sudogan, with proof that there is only one solution",
    "@algorithm.ts/sudoku": `@algorithm.ts/sudoku ${peer}, stops at the first solution`,
    tdoku: "tdoku (C++ with AVX-512), with the same proof",
  };
  const [own, ...others] = races[0].timings.map(({ name }) => name);
  return {
    rows: [
      [
        "puzzles solved per second",
        ...races.map(({ list, puzzles }) => lists[list]?.(puzzles) ?? `${whole(puzzles)} ${list}`),
      ],
      ...[own, ...others].map((name, i) => [
        solvers[name],
        ...races.map(({ timings }) => threeDigits(1000 / timings[i].median)),
      ]),
      ...others.map((other) => [
        `speed of ${own} divided by that of ${other}`,
        ...races.map((race) => formatRatio(compareSpeeds(race)[other])),
      ]),
    ],
  };
}

/** Returns the table of all results except for the races between solvers. */
export function resultTable({ sudoku }: Records): Table {
  const { figures, generator } = sudoku;
  const value = (pattern: RegExp) => figures.find(({ name }) => pattern.test(name))?.value ?? NaN;
  const times = generator.map(({ level, median, percentile95 }) =>
    `${level[0].toUpperCase()}${level.slice(1)} ${threeDigits(median)} ` +
    `(${threeDigits(percentile95)})`
  );
  return {
    rows: [
      ["what", "result"],
      [
        `${whole(hostileGridCount)} hostile grids, such as empty ones and Norvig's impossible one`,
        `the slowest takes ${threeDigits(value(/^slowest hostile/))} ms in a fresh process`,
      ],
      ...agreementRows(figures),
      [
        "puzzles rated per second, Easy to Hard",
        threeDigits(value(/^puzzles rated a second/)),
      ],
      [
        "milliseconds to make a puzzle: median (95th percentile) of " +
        `${generator[0].puzzles} per level`,
        times.join("; "),
      ],
    ],
  };
}

/**
 * Returns a table row that shows how well the ratings agree with those of Sukaku Explainer. Returns
 * no row if there were no rated puzzles in the benchmark.
 */
function agreementRows(figures: readonly Figure[]): string[][] {
  const named = (pattern: RegExp) => figures.find(({ name }) => pattern.test(name));
  const [near, same] = [/within 0.2 of the list$/, /at the list's level$/].map(named);
  if (!near || !same) return [];
  const share = ({ value }: Figure) => value === 100 ? "100" : value.toFixed(1);
  const [, rated] = /of (\d+) ratings/.exec(near.name)!;
  return [[
    `agreement with Sukaku Explainer on ${whole(Number(rated))} puzzles, Expert and Extreme`,
    `${share(near)} % of ratings within 0.2, ${share(same)} % at the same level`,
  ]];
}

/** Returns the sentences about the levels, and about the machine of the benchmark. */
export function sudokuSentences({ sudoku }: Records): Sentence[] {
  const [easy, medium, hard, expert] = levels.map(({ upTo }) => upTo);
  const next = String(Math.round(expert + 0.1));
  return [
    {
      template: "Easy up to {} (singles), Medium up to {}, Hard up to {} (",
      values: [easy, medium, hard].map((upTo) => upTo.toFixed(1)),
    },
    {
      template: "Expert below {}, Extreme from {} (forcing chains)",
      values: [next, next],
    },
    {
      template: "on one core of an {*} with nothing else running (medians of {} rounds;",
      values: [
        sudoku.processor,
        String(sudoku.races[0].timings[0].rounds.length),
      ],
    },
  ];
}

function formatRatio(ratio: number): string {
  return ratio < 1 ? ratio.toFixed(2) : threeDigits(ratio);
}
