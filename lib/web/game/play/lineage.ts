/**
 * Tracks the saves from which a game comes. Two copies of a game are related in one of two ways:
 * one copy is an earlier state, or the copies diverged in two tabs.
 *
 * Each save has a writer (the tab that saved it) and a number, which is higher than the number of
 * the save before. A lineage lists the writers of all saves, grouped into runs. `[["a", 3], ["b",
 * 5]]` means that tab a wrote the saves up to 3 and tab b wrote the later saves up to 5. A tab
 * never uses a number twice for a game.
 */

/** Runs of saves, each with its writer and the number of its last save. */
export type Lineage = readonly (readonly [writer: string, last: number])[];

/** The maximum number of runs. Few games are saved by so many tabs in turn. */
export const MOST_RUNS = 200;

/** The writer that stands for all dropped writers. */
const FORGOTTEN = "earlier";

/**
 * Returns the lineage with one more save. The new number is higher than the lineage's last number,
 * and higher than `above`, the writer's highest number for the game. If the lineage gets too long,
 * its older half becomes one run. Copies from the older half then count as diverged, but no data is
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

/** Returns the number of the last save. */
export function revisionOf(lineage: Lineage): number {
  return lineage.at(-1)?.[1] ?? 0;
}

/**
 * Returns whether the later state comes from the earlier state or equals it.
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
