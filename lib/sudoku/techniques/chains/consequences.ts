/** Stores the consequences of one claim, as found by a search. */
import type { Board } from "../../board/board.ts";

/**
 * The consequences of an assumption: a list of claims in the order of discovery, which begins with
 * the assumption itself. The place of a claim in this list is called its entry.
 */
export interface Consequences {
  /** For each entry: its claim. */
  readonly claims: number[];
  /** For each entry: the entry that forces it, or -1 for the assumption. */
  readonly because: number[];
  /** For each entry: the entries that removed candidates and so made its claim possible. */
  readonly struck: (readonly number[])[];
  /**
   * For each entry: the unit in which its claim is forced, or -1 if it is forced within its cell.
   */
  readonly via: number[];
  /** For each claim: its entry, or -1 if the claim has not been found to follow. */
  readonly entryOf: Int16Array;
  /** For each entry: a lower bound for the number in `counts`. */
  readonly atLeast: number[];
  /**
   * For each entry: the number of claims that it is based on, including its own claim, or 0 if they
   * have not been counted yet.
   */
  readonly counts: number[];
  /** Two entries that contradict each other. The first is the one that is on. */
  contradiction: readonly [number, number] | undefined;
}

/** Returns an empty set of consequences. */
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

/** Returns the number of different claims that an entry is based on, including its own claim. */
export function countClaims(found: Consequences, entry: number): number {
  if (found.counts[entry] === 0) {
    found.counts[entry] = restsOn(found, entry).length;
  }
  return found.counts[entry];
}

/**
 * Returns all entries that an entry is based on, in the order of discovery. The entry itself is
 * included.
 */
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
