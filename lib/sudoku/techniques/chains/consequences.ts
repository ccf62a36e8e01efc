/** Everything that follows from one claim, as a search found it. */
import type { Board } from "../../board/board.ts";

/** The claims that follow, in the order in which they were found; the first is the assumption. */
export interface Consequences {
  /** By entry: its claim. */
  readonly claims: number[];
  /** By entry: the entry that forces it, -1 for the assumption. */
  readonly because: number[];
  /** By entry: what was struck before and made that possible. */
  readonly struck: (readonly number[])[];
  /** By entry: the unit in which they do, -1 for the cell. */
  readonly via: number[];
  /** By claim: its entry, -1 where it does not follow. */
  readonly entryOf: Int16Array;
  /** By entry: a lower bound on how many claims it rests on, with itself. */
  readonly atLeast: number[];
  /** By entry: how many claims it rests on, with itself; 0 where not yet counted. */
  readonly counts: number[];
  /** Two entries that cannot both be, the one that is on first. */
  contradiction: readonly [number, number] | undefined;
}

/** No consequences yet. */
export function noConsequences(
  { shape: { cellCount, size } }: Board,
): Consequences {
  return {
    claims: [],
    because: [],
    struck: [],
    via: [],
    entryOf: new Int16Array(cellCount * size * 2).fill(-1),
    atLeast: [],
    counts: [],
    contradiction: undefined,
  };
}

/** How many different claims an entry rests on, with itself. */
export function countClaims(found: Consequences, entry: number): number {
  if (found.counts[entry] === 0) {
    found.counts[entry] = restsOn(found, entry).length;
  }
  return found.counts[entry];
}

/** The entries that an entry rests on, with itself, in the order in which they were found. */
export function restsOn(
  { because, struck }: Consequences,
  entry: number,
): readonly number[] {
  const seen = new Uint8Array(because.length);
  const entries = [entry];
  seen[entry] = 1;
  for (let next = 0; next < entries.length; next++) {
    const causes = struck[entries[next]];
    for (let index = -1; index < causes.length; index++) {
      const cause = index < 0 ? because[entries[next]] : causes[index];
      if (cause < 0 || seen[cause]) continue;
      seen[cause] = 1;
      entries.push(cause);
    }
  }
  return entries.sort((first, second) => first - second);
}
