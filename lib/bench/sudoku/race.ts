/**
 * Races solvers. In each round all solvers get the same freshly disguised puzzles, so that none
 * benefits from the order of the cells or from having seen a puzzle before.
 */
import { randomStream } from "../../random.ts";
import { compareTimings, summarize, type Timing } from "../rounds.ts";
import { loadAverage } from "../sitting.ts";
import { disguise } from "./disguise.ts";
import type { PuzzleList } from "./lists.ts";

/** A solver to time. */
export interface Racer {
  readonly name: string;
  /**
   * Solves 9x9 puzzles (0 stands for an empty cell) and returns the seconds spent on solving,
   * without preparation.
   */
  solve(puzzles: readonly Uint8Array[]): number | Promise<number>;
}

/** The solvers' times on a list. */
export interface RaceReport {
  readonly list: string;
  readonly puzzles: number;
  /** The timing of each solver in milliseconds per puzzle. This project's solver comes first. */
  readonly timings: readonly Timing[];
}

/** Length and seed of a race. */
export interface RaceOptions {
  readonly rounds: number;
  readonly seed: number;
}

/**
 * Times solvers on a list of puzzles, in turns. Before that, one round warms up the solvers and
 * does not count.
 */
export async function raceSolvers(
  racers: readonly Racer[],
  { name: list, puzzles }: PuzzleList,
  { rounds, seed }: RaceOptions,
): Promise<RaceReport> {
  const times = racers.map((): number[][] => []);
  const loads = racers.map(() => 0);
  for (let round = 0; round <= rounds; round++) {
    const random = randomStream(seed, "sudoku race", round);
    const disguised = puzzles.map((puzzle) => disguise(puzzle, random));
    for (const [index, racer] of racers.entries()) {
      const load = loadAverage();
      const seconds = await racer.solve(disguised);
      if (round === 0) continue;
      times[index].push([seconds * 1000 / puzzles.length]);
      loads[index] = Math.max(loads[index], load);
    }
  }
  const timings = racers.map(({ name }, i) => ({
    ...summarize(name, times[i]),
    load: loads[i],
  }));
  return { list, puzzles: puzzles.length, timings };
}

/**
 * For each of the other solvers, returns how many times as fast the first solver is. The keys are
 * the other solvers' names.
 */
export function compareSpeeds(
  { timings: [own, ...others] }: RaceReport,
): Readonly<Record<string, number>> {
  return Object.fromEntries(
    others.map((other) => [other.name, compareTimings(other, own).ratio]),
  );
}
