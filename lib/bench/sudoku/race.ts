/**
 * Races solvers against each other. In each round, the puzzles get a new disguise, and all solvers
 * get the same disguised puzzles.
 */
import { randomStream } from "../../random.ts";
import { readOtherWork } from "../other_work.ts";
import { compareTimings, summarizeTurns, type Timing, type Turn } from "../rounds.ts";
import { loadAverage } from "../sitting.ts";
import { disguise } from "./disguise.ts";
import type { PuzzleList } from "./lists.ts";

/** A solver that takes part in a race. */
export interface Racer {
  readonly name: string;
  /**
   * Solves 9x9 puzzles, in which 0 stands for an empty cell. Returns the time in seconds, excluding
   * preparation.
   */
  solve(puzzles: readonly Uint8Array[]): number | Promise<number>;
}

/** The times of all solvers on one list of puzzles. */
export interface RaceReport {
  readonly list: string;
  readonly puzzles: number;
  /** Milliseconds per puzzle for each solver. The first entry is this project's solver. */
  readonly timings: readonly Timing[];
}

/** The number of rounds and the seed of a race. */
export interface RaceOptions {
  readonly rounds: number;
  readonly seed: number;
}

/**
 * Measures the times of several solvers, each of which solves all puzzles once per round. An
 * additional first round is a warm-up and is not timed.
 */
export async function raceSolvers(
  racers: readonly Racer[],
  { name: list, puzzles }: PuzzleList,
  { rounds, seed }: RaceOptions,
): Promise<RaceReport> {
  const turns = racers.map((): Turn[] => []);
  for (let round = 0; round <= rounds; round++) {
    const random = randomStream(seed, "sudoku race", round);
    const disguised = puzzles.map((puzzle) => disguise(puzzle, random));
    for (const [index, racer] of racers.entries()) {
      const load = loadAverage();
      const before = readOtherWork();
      const seconds = await racer.solve(disguised);
      if (round === 0) continue;
      const times = [seconds * 1000 / puzzles.length];
      turns[index].push({ times, load, others: [before, readOtherWork()] });
    }
  }
  const timings = racers.map(({ name }, i) => summarizeTurns(name, turns[i]));
  return { list, puzzles: puzzles.length, timings };
}

/**
 * Returns the speed of the first solver as a multiple of the speed of each other solver. The keys
 * of the result are the names of the other solvers.
 */
export function compareSpeeds(
  { timings: [own, ...others] }: RaceReport,
): Readonly<Record<string, number>> {
  return Object.fromEntries(
    others.map((other) => [other.name, compareTimings(other, own).ratio]),
  );
}
