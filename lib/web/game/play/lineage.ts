/**
 * Tracks the saves that led to the state of a game. With this information, the page can
 * compare two copies of a game. Either one copy is an earlier state of the other copy, or the two
 * copies diverged because the game was played in two tabs.
 *
 * Each save has a writer (the tab that saved the game) and a number, which is higher than the
 * number of the previous save. A lineage lists all saves of a game. Consecutive saves by the same
 * tab form a run. `[["a", 3], ["b", 5]]` means that tab a wrote the saves up to number 3, and that
 * tab b wrote the later saves up to number 5. For each game, a tab uses each number at most once.
 */

/** A list of runs. Each run is stored as its writer and the number of its last save. */
export type Lineage = readonly (readonly [writer: string, last: number])[];

/**
 * The maximum number of runs in a lineage. Few games switch between tabs that often.
 */
export const MOST_RUNS = 200;

/** When old runs are replaced by a single run, this name is used as the writer of that run. */
const FORGOTTEN = "earlier";

/**
 * Returns the lineage with one more save. The number of the new save is higher than the last number
 * in the lineage. It is also higher than `above`, the highest number that the writer has used for
 * this game. If the lineage becomes too long, then its older half is replaced by a single run. A
 * copy of the game that was saved before this replacement then counts as diverged, but no data is
 * lost.
 */
export function extended(lineage: Lineage, writer: string, above = 0): Lineage {
  const number = Math.max(revisionOf(lineage), above) + 1;
  const earlier = lineage.at(-1)?.[0] === writer ? lineage.slice(0, -1) : shortened(lineage);
  return Object.freeze([...earlier, Object.freeze([writer, number] as const)]);
}

function shortened(lineage: Lineage): Lineage {
  if (lineage.length < MOST_RUNS) return lineage;
  const [[, last], ...rest] = lineage.slice(MOST_RUNS / 2);
  return [[FORGOTTEN, last], ...rest];
}

/** Returns the number of the last save, or 0 if there is no save. */
export function revisionOf(lineage: Lineage): number {
  return lineage.at(-1)?.[1] ?? 0;
}

/**
 * Returns whether the state with the lineage `later` is the state with the lineage `earlier`, or
 * comes from that state.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * assertEquals(comesFrom([["a", 3], ["b", 5]], [["a", 2]]), true);
 * assertEquals(comesFrom([["a", 3], ["b", 5]], [["a", 4]]), false);
 * ```
 */
export function comesFrom(later: Lineage, earlier: Lineage): boolean {
  return earlier.every(([writer, last], index) => {
    const run = later[index];
    if (run === undefined || run[0] !== writer) return false;
    return index < earlier.length - 1 ? run[1] === last : run[1] >= last;
  });
}
