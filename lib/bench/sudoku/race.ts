/**
 * Solvers side by side: in each round every one of them gets the same puzzles, freshly disguised,
 * so that no one gains by the order of cells or by having seen a puzzle before.
 */
import { randomStream } from "../../random.ts";
import { compareTimings, summarize, type Timing } from "../rounds.ts";
import { loadAverage } from "../sitting.ts";
import { disguise } from "./disguise.ts";
import type { PuzzleList } from "./lists.ts";

/** A solver that is timed. */
export interface Racer {
  readonly name: string;
  /**
   * Solves 9x9 puzzles, 0 where a cell is empty, and returns the seconds it took, preparations left
   * out.
   */
  solve(puzzles: readonly Uint8Array[]): number | Promise<number>;
}

/** What the solvers did on a list. */
export interface RaceReport {
  readonly list: string;
  readonly puzzles: number;
  /** By solver, in milliseconds a puzzle; ours is the first. */
  readonly timings: readonly Timing[];
}

/** How long to measure. */
export interface RaceOptions {
  readonly rounds: number;
  readonly seed: number;
}

/** Times solvers on a list of puzzles, in turns. A first round, not counted, warms up. */
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

/** How many times as fast as each of the others the first solver was, by their names. */
export function compareSpeeds(
  { timings: [own, ...others] }: RaceReport,
): Readonly<Record<string, number>> {
  return Object.fromEntries(
    others.map((other) => [other.name, compareTimings(other, own).ratio]),
  );
}
