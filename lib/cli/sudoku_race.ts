/**
 * Solvers side by side: in each round every one of them gets the same puzzles, freshly disguised, so that no one gains
 * by the order of cells or by having seen a puzzle before.
 */
import { type RandomStream, randomStream } from "../random.ts";

/** A solver that is timed. */
export interface Racer {
  readonly name: string;
  /** Solves 9x9 puzzles, 0 where a cell is empty, and returns the seconds it took, preparations left out. */
  solve(puzzles: readonly Uint8Array[]): number | Promise<number>;
}

/** What one solver did on a list. */
export interface Result {
  readonly name: string;
  /** Puzzles a second: the median of the rounds. */
  readonly speed: number;
  /** By round. */
  readonly speeds: readonly number[];
}

/** How long to measure. */
export interface RaceOptions {
  readonly rounds: number;
  readonly seed: number;
}

/** Times solvers on a list of puzzles, in turns. A first round, not counted, warms up. */
export async function raceSolvers(
  racers: readonly Racer[],
  puzzles: readonly Uint8Array[],
  { rounds, seed }: RaceOptions,
): Promise<readonly Result[]> {
  const speeds = racers.map((): number[] => []);
  for (let round = 0; round <= rounds; round++) {
    const random = randomStream(seed, "sudoku race", round);
    const disguised = puzzles.map((puzzle) => disguise(puzzle, random));
    for (const [index, racer] of racers.entries()) {
      const seconds = await racer.solve(disguised);
      if (round > 0) speeds[index].push(puzzles.length / seconds);
    }
  }
  return racers.map(({ name }, index) => ({
    name,
    speed: quantile(speeds[index], 0.5),
    speeds: speeds[index],
  }));
}

/**
 * How many times as fast one solver was as another: the median of the rounds' ratios, since a machine that does other
 * things is slow for both.
 */
export function compareSpeeds(one: Result, other: Result): number {
  return quantile(
    one.speeds.map((speed, round) => speed / other.speeds[round]),
    0.5,
  );
}

/**
 * The value below which a share of all lies; between the two nearest values in proportion.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * assertEquals(quantile([4, 1, 2, 3], 0.5), 2.5);
 * ```
 */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const at = share * (sorted.length - 1);
  const low = sorted[Math.floor(at)];
  return low + (sorted[Math.ceil(at)] - low) * (at - Math.floor(at));
}

/** The same 9x9 puzzle to a solver, not to its tables: lines exchanged within bands, bands exchanged, digits renamed. */
function disguise(puzzle: Uint8Array, random: RandomStream): Uint8Array {
  const [rows, columns] = [shuffleLines(random), shuffleLines(random)];
  const digits = random.permutation(9);
  const isTurned = random.integer(2) === 1;
  return puzzle.map((_, cell) => {
    const row = rows[Math.floor(cell / 9)];
    const column = columns[cell % 9];
    const value = puzzle[isTurned ? 9 * column + row : 9 * row + column];
    return value === 0 ? 0 : digits[value - 1] + 1;
  });
}

function shuffleLines(random: RandomStream): number[] {
  return Array.from(random.permutation(3)).flatMap((band) =>
    Array.from(random.permutation(3), (line) => 3 * band + line)
  );
}
