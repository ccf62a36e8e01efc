/**
 * Measures the Sudoku logic: races solvers against each other, and measures the solver's time on
 * hostile grids, the speed of rating, the agreement of the ratings with a list, and the time that
 * the generator takes. Speeds can be compared only if they were measured in the same run.
 */
import { describeProcessor } from "../../native/processor.ts";
import { levels } from "../../sudoku/mod.ts";
import { currentSitting, type Sitting } from "../sitting.ts";
import type { Figure } from "../figure.ts";
import { collectFigures } from "./figures.ts";
import { type GeneratorTimes, timeGenerator } from "./generator_times.ts";
import { timeHostileGrids } from "./hostile_grids.ts";
import { makeList, type PuzzleList, readList } from "./lists.ts";
import { type RaceReport, raceSolvers } from "./race.ts";
import {
  ownRacer,
  packageName,
  packageRacer,
  packageVersion,
  programRacer,
  tdokuName,
} from "./racers.ts";
import { measureAgreement, readRated, timeRating } from "./rating_measures.ts";

/** Options that determine the inputs and the extent of the measurements. */
export interface SudokuBenchOptions {
  /**
   * Paths of files with puzzles for the races; see {@linkcode readList}. If there are no files,
   * then the puzzles are generated.
   */
  readonly lists: readonly string[];
  /** The largest number of puzzles to use from each list. */
  readonly puzzles: number;
  /** Path of a file with rated puzzles; see {@linkcode readRated}. */
  readonly rated?: string;
  /** Path of a program that runs the solver tdoku; see {@linkcode programRacer}. */
  readonly tdoku?: string;
  readonly rounds: number;
  /** Number of puzzles to generate at each level when the generator is timed. */
  readonly made: number;
  readonly onReport?: (text: string) => void;
}

/** The results of measuring the Sudoku logic. */
export interface SudokuBenchReport {
  readonly suite: string;
  readonly date: string;
  readonly sitting: Sitting;
  readonly processor: string;
  readonly versions: Readonly<Record<string, string>>;
  readonly races: readonly RaceReport[];
  readonly generator: readonly GeneratorTimes[];
  readonly figures: readonly Figure[];
}

const SEED = 1;

/**
 * Largest number of puzzles in a generated list. It is large enough for a stable median, but small
 * enough for the list to be generated within seconds.
 */
const MADE_HERE = 200;

/**
 * Runs all measurements of the Sudoku logic.
 *
 * @throws {OptionsError} if a file or program cannot be used
 */
export async function measureSudoku(
  options: SudokuBenchOptions,
): Promise<SudokuBenchReport> {
  const sitting = currentSitting();
  const { rated, made, onReport = () => {} } = options;
  const listed = rated === undefined ? undefined : await readRated(rated);
  const lists = await collectLists(options);
  onReport("Hostile grids");
  const hostileMilliseconds = timeHostileGrids();
  const races = await race(lists, options);
  onReport("Rating");
  const ratedASecond = timeRating();
  const agreement = listed && measureAgreement(listed);
  onReport("Generator");
  const generator = levels.map(({ name }) => timeGenerator(name, made));
  const measured = { races, hostileMilliseconds, ratedASecond, generator };
  return {
    suite: "Sudoku",
    date: new Date().toISOString(),
    sitting,
    processor: describeProcessor().name,
    versions: {
      deno: Deno.version.deno,
      v8: Deno.version.v8,
      [packageName]: await packageVersion(),
    },
    races,
    generator,
    figures: collectFigures({ ...measured, ...(agreement && { agreement }) }),
  };
}

async function collectLists(
  { lists, puzzles }: SudokuBenchOptions,
): Promise<PuzzleList[]> {
  if (lists.length > 0) {
    return await Promise.all(lists.map((path) => readList(path, puzzles)));
  }
  const count = Math.min(puzzles, MADE_HERE);
  return [makeList("medium", count), makeList("extreme", count)];
}

async function race(
  lists: readonly PuzzleList[],
  { tdoku, rounds, onReport = () => {} }: SudokuBenchOptions,
): Promise<RaceReport[]> {
  const racers = [ownRacer(), await packageRacer()];
  if (tdoku !== undefined) racers.push(programRacer(tdokuName, tdoku));
  const reports: RaceReport[] = [];
  for (const list of lists) {
    onReport(`Race: ${list.name}`);
    reports.push(await raceSolvers(racers, list, { rounds, seed: SEED }));
  }
  return reports;
}
