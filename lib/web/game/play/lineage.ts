/**
 * Tracks the saves from which a game comes. This shows how two copies of a game are related: either
 * one is an earlier state of the other, or they diverged in two tabs.
 *
 * Each save of a game has a writer, which is the tab that saved it, and a number, which is higher
 * than the number of the save on which it is based. A lineage lists the writers of all saves up to
 * a state, grouped into runs: `[["a", 3], ["b", 5]]` means that tab a wrote the saves up to 3, and
 * tab b the later ones up to 5. A tab never uses the same number twice for a game.
 */

/** Runs of saves, each with its writer and the number of its last save. */
export type Lineage = readonly (readonly [writer: string, last: number])[];

/** The maximum number of runs that are kept. Few games are saved by that many tabs in turn. */
export const MOST_RUNS = 200;

/** A name that stands for all writers that were dropped. */
const FORGOTTEN = "earlier";

/**
 * Returns the lineage with one more save. The new save's number is higher than that of the last
 * save in the lineage. It is also higher than `above`, the highest number that the writer has used
 * for the game. If the lineage gets too long, its older half becomes one run. Copies that come from
 * this older half then count as diverged, but no data is lost.
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

/** Returns the number of a lineage's last save. */
export function revisionOf(lineage: Lineage): number {
  return lineage.at(-1)?.[1] ?? 0;
}

/**
 * Returns whether the later state comes from the earlier one, or is the same state.
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
