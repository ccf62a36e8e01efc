/** Turns the measurements of the Sudoku logic into figures with goals. */
import type { Level } from "../../sudoku/mod.ts";
import type { Figure } from "../figure.ts";
import type { GeneratorTimes } from "./generator_times.ts";
import { compareSpeeds, type RaceReport } from "./race.ts";
import { packageName, tdokuName } from "./racers.ts";
import type { Agreement } from "./rating_measures.ts";

/** The measurements that {@linkcode collectFigures} turns into figures. */
export interface Measured {
  readonly races: readonly RaceReport[];
  readonly hostileMilliseconds: number;
  readonly ratedASecond: number;
  readonly agreement?: Agreement;
  readonly generator: readonly GeneratorTimes[];
}

/**
 * Goals for this project's solver: how many times as fast as each other solver it should be, for
 * each list of puzzles.
 */
const raceGoals: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  clue17: { [packageName]: 18, [tdokuName]: 0.8 },
  magictour: { [packageName]: 10, [tdokuName]: 0.4 },
  se11: { [packageName]: 5, [tdokuName]: 0.4 },
};

/**
 * Goals for the median time to make a puzzle of each level, in milliseconds. The goals for the 95th
 * percentile are three times as high.
 */
const generatorGoals: Readonly<Record<Level, number>> = {
  easy: 20,
  medium: 20,
  hard: 20,
  expert: 300,
  extreme: 1000,
};

/** Returns the figures in the same order as the fields of {@linkcode Measured}. */
export function collectFigures(measured: Measured): Figure[] {
  return [
    ...measured.races.flatMap(raceFigures),
    {
      name: "slowest hostile grid, ms",
      value: measured.hostileMilliseconds,
      atMost: 100,
    },
    {
      name: "puzzles rated a second, easy to hard",
      value: measured.ratedASecond,
      atLeast: 200,
    },
    ...(measured.agreement ? agreementFigures(measured.agreement) : []),
    ...measured.generator.flatMap(generatorFigures),
  ];
}

function raceFigures(race: RaceReport): Figure[] {
  return Object.entries(compareSpeeds(race)).map(([other, value]) => {
    const atLeast = raceGoals[race.list]?.[other];
    const name = `${race.list}: times as fast as ${other}`;
    return { name, value, ...(atLeast === undefined ? {} : { atLeast }) };
  });
}

function agreementFigures(
  { puzzles, near, sameLevel }: Agreement,
): Figure[] {
  const of = `of ${puzzles} ratings`;
  return [
    { name: `% ${of} within 0.2 of the list`, value: 100 * near, atLeast: 90 },
    { name: `% ${of} at the list's level`, value: 100 * sameLevel, atLeast: 95 },
  ];
}

function generatorFigures(
  { level, median, percentile95 }: GeneratorTimes,
): Figure[] {
  const atMost = generatorGoals[level];
  return [
    { name: `making ${level}: median, ms`, value: median, atMost },
    {
      name: `making ${level}: 95th percentile, ms`,
      value: percentile95,
      atMost: 3 * atMost,
    },
  ];
}
