/**
 * Which saves a game comes from, so that two copies of it can be told apart: one is an earlier state
 * of the other, or they went separate ways in two tabs.
 *
 * Each save of a game has a number, higher than the save that it comes from, and a writer, the
 * tab that saved. A lineage lists the writers of all its saves in runs: `[["a", 3], ["b", 5]]` says
 * that a wrote those up to 3 and b those up to 5. A tab never writes the same number of a game twice.
 */

/** Runs of saves: who wrote them, and the number of the last one. */
export type Lineage = readonly (readonly [writer: string, last: number])[];

/** Runs that are kept. Few games are opened as often. */
export const MOST_RUNS = 200;

/** Stands for the writers that were forgotten. */
const FORGOTTEN = "earlier";

/**
 * Returns the lineage with one more save, whose number is above a given one too: the highest that
 * the writer has used for the game. Where it gets too long, its older half becomes one run: a
 * copy from before is then taken for one that went its own way, which loses nothing.
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

/** The number of a lineage's last save. */
export function revisionOf(lineage: Lineage): number {
  return lineage.at(-1)?.[1] ?? 0;
}

/**
 * Returns whether one state comes from another, or is the same.
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
