/** Races solvers. Each round has freshly disguised puzzles, the same for all solvers. */
import { randomStream } from "../../random.ts";
import { compareTimings, summarize, type Timing } from "../rounds.ts";
import { loadAverage } from "../sitting.ts";
import { disguise } from "./disguise.ts";
import type { PuzzleList } from "./lists.ts";

/** A solver to time. */
export interface Racer {
  readonly name: string;
  /** Solves 9x9 puzzles (0 is an empty cell), and returns the seconds without preparation. */
  solve(puzzles: readonly Uint8Array[]): number | Promise<number>;
}

/** The solvers' times on a list. */
export interface RaceReport {
  readonly list: string;
  readonly puzzles: number;
  /** Milliseconds per puzzle; this project's solver comes first. */
  readonly timings: readonly Timing[];
}

/** The length and the seed of a race. */
export interface RaceOptions {
  readonly rounds: number;
  readonly seed: number;
}

/** Times solvers in turns. An additional first round is a warm-up. */
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

/** Returns how many times as fast the first solver is, by the name of each other solver. */
export function compareSpeeds(
  { timings: [own, ...others] }: RaceReport,
): Readonly<Record<string, number>> {
  return Object.fromEntries(
    others.map((other) => [other.name, compareTimings(other, own).ratio]),
  );
}
