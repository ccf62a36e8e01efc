/**
 * The Sudoku part of `deno task bench`: solver against solver, the rating's speed and agreement with a rated list, and
 * how long a puzzle of each level takes to make. Speeds only compare within one run.
 */
import { generate } from "../sudoku/generate.ts";
import type { Grid } from "../sudoku/grid.ts";
import { parseGrid } from "../sudoku/parse.ts";
import { type Level, levelOf, levels, rate } from "../sudoku/rate.ts";
import {
  compareSpeeds,
  quantile,
  raceSolvers,
  type Result,
} from "./sudoku_race.ts";
import { ownRacer, packageRacer, programRacer } from "./sudoku_racers.ts";

/** What to measure. Without files the lists are made here. */
export interface BenchSudokuOptions {
  /** Files with a puzzle at the start of each line, to race solvers on. */
  readonly lists?: readonly string[];
  /** A file with a puzzle and its rating by Sudoku Explainer on each line. */
  readonly rated?: string;
  /** A program to race against, see {@linkcode programRacer}. */
  readonly peer?: string;
  readonly rounds?: number;
  readonly seed?: number;
  /** Puzzles of each level that the generator is timed with. */
  readonly generated?: number;
  readonly onReport?: (text: string) => void;
}

/** One list's race. */
export interface RaceReport {
  readonly list: string;
  readonly puzzles: number;
  readonly results: readonly Result[];
  /** By name of another solver: how many times as fast ours was. */
  readonly ratios: Readonly<Record<string, number>>;
}

/** How well ratings agree with a list's. */
export interface AgreementReport {
  readonly puzzles: number;
  /** Share of puzzles rated within 0.2 of the list. */
  readonly near: number;
  /** Share of puzzles in the list's band. */
  readonly sameLevel: number;
}

/** How long puzzles of a level took to make, in milliseconds. */
export interface GeneratorReport {
  readonly level: Level;
  readonly median: number;
  readonly percentile95: number;
}

/** What was measured. */
export interface BenchSudokuReport {
  readonly races: readonly RaceReport[];
  /** Puzzles rated a second, easy to hard in equal parts. */
  readonly ratingSpeed: number;
  readonly agreement: AgreementReport | undefined;
  readonly generator: readonly GeneratorReport[];
}

/** A list is cut here, so that a round takes seconds even for slow solvers. */
const MOST_PUZZLES = 2000;

/** Measures solver, rating and generator. */
export async function benchSudoku(
  options: BenchSudokuOptions = {},
): Promise<BenchSudokuReport> {
  const { rated, generated = 100, onReport = () => {} } = options;
  onReport("Making puzzles");
  const generator = levels.map(({ name }) => timeGenerator(name, generated));
  const races = await race(options, onReport);
  onReport("Rating puzzles");
  return {
    races,
    ratingSpeed: timeRating(),
    agreement: rated === undefined
      ? undefined
      : measureAgreement(await Deno.readTextFile(rated)),
    generator,
  };
}

/** The report as lines of text. */
export function formatSudokuReport(report: BenchSudokuReport): string {
  const lines = report.races.flatMap(({ list, puzzles, results, ratios }) => [
    `${list}, ${puzzles} puzzles, solved a second:`,
    ...results.map(({ name, speed }) =>
      `  ${name.padEnd(22)} ${speed.toFixed(0).padStart(8)}${
        name in ratios
          ? `   we are ${ratios[name].toFixed(2)} times as fast`
          : ""
      }`
    ),
  ]);
  lines.push(
    `Rated a second, easy to hard: ${report.ratingSpeed.toFixed(0)}`,
  );
  if (report.agreement) {
    const { puzzles, near, sameLevel } = report.agreement;
    lines.push(
      `Ratings of ${puzzles} puzzles: ${
        percent(near)
      } within 0.2 of the list, ${percent(sameLevel)} in its band`,
    );
  }
  for (const { level, median, percentile95 } of report.generator) {
    lines.push(
      `Making ${level}: median ${median.toFixed(1)} ms, 95 % within ${
        percentile95.toFixed(1)
      } ms`,
    );
  }
  return lines.join("\n");
}

async function race(
  { lists = [], peer, rounds = 5, seed = 1 }: BenchSudokuOptions,
  onReport: (text: string) => void,
): Promise<RaceReport[]> {
  const racers = [ownRacer(), await packageRacer()];
  if (peer !== undefined) racers.push(programRacer(peer));
  const reports: RaceReport[] = [];
  for (const { name, puzzles } of await readLists(lists)) {
    onReport(`Racing on ${name}`);
    const results = await raceSolvers(racers, puzzles, { rounds, seed });
    const [own, ...others] = results;
    const ratios = Object.fromEntries(
      others.map((other) => [other.name, compareSpeeds(own, other)]),
    );
    reports.push({ list: name, puzzles: puzzles.length, results, ratios });
  }
  return reports;
}

interface List {
  readonly name: string;
  readonly puzzles: readonly Uint8Array[];
}

async function readLists(paths: readonly string[]): Promise<List[]> {
  if (paths.length === 0) {
    return (["medium", "extreme"] as const).map((level) => ({
      name: `generated, ${level}`,
      puzzles: makePuzzles(level, 200).map(({ values }) => values),
    }));
  }
  return await Promise.all(paths.map(async (path) => ({
    name: path.split("/").at(-1)!,
    puzzles: readPuzzles(await Deno.readTextFile(path))
      .map(({ values }) => values),
  })));
}

function readPuzzles(text: string): Grid[] {
  return text.split("\n")
    .filter((line) => line.length >= 81 && !line.startsWith("#"))
    .slice(0, MOST_PUZZLES)
    .map((line) => parseGrid(line.slice(0, 81)));
}

function makePuzzles(level: Level, count: number): Grid[] {
  return Array.from(
    { length: count },
    (_, seed) => generate({ level, seed, minimal: true }).grid,
  );
}

function timeGenerator(level: Level, count: number): GeneratorReport {
  generate({ level, seed: "warm up" });
  const times = Array.from({ length: count }, (_, seed) => {
    const start = performance.now();
    generate({ level, seed });
    return performance.now() - start;
  });
  const [median, percentile95] = [0.5, 0.95].map((share) =>
    quantile(times, share)
  );
  return { level, median, percentile95 };
}

function timeRating(): number {
  const puzzles = (["easy", "medium", "hard"] as const)
    .flatMap((level) => makePuzzles(level, 100));
  const start = performance.now();
  for (const puzzle of puzzles) rate(puzzle);
  return puzzles.length / (performance.now() - start) * 1000;
}

function measureAgreement(text: string): AgreementReport {
  const rows = text.trim().split("\n").map((line) => line.split(/\s+/));
  let [near, sameLevel] = [0, 0];
  for (const [puzzle, listed] of rows) {
    const { rating, level } = rate(parseGrid(puzzle));
    // Ratings are tenths: half of one keeps rounding errors out.
    if (Math.abs(rating - Number(listed)) < 0.25) near++;
    if (level === levelOf(Number(listed))) sameLevel++;
  }
  const puzzles = rows.length;
  return { puzzles, near: near / puzzles, sameLevel: sameLevel / puzzles };
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}

if (import.meta.main) {
  const lists = Deno.args.filter((arg) => !arg.startsWith("--"));
  const find = (flag: string) =>
    Deno.args.find((arg) => arg.startsWith(`${flag}=`))?.slice(flag.length + 1);
  const [rated, peer] = [find("--rated"), find("--peer")];
  const report = await benchSudoku({
    lists,
    ...(rated === undefined ? {} : { rated }),
    ...(peer === undefined ? {} : { peer }),
    onReport: (text) => console.error(text),
  });
  console.log(formatSudokuReport(report));
}
