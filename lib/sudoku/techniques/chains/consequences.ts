/** Stores the consequences that a search has found for a claim. */
import type { Board } from "../../board/board.ts";

/**
 * The consequences of an assumption. They are stored as a list of claims, in the order in which the
 * search found them. The list begins with the assumption itself. The index of a claim in this list
 * is called the entry of the claim.
 */
export interface Consequences {
  /** The claim of each entry. */
  readonly claims: number[];
  /**
   * For each entry, the earlier entry whose claim forces this entry's claim, or -1 for the
   * assumption.
   */
  readonly because: number[];
  /**
   * For each entry, the earlier entries that removed candidates and thereby made it possible to
   * derive this entry's claim.
   */
  readonly struck: (readonly number[])[];
  /**
   * For each entry, the unit within which its claim is forced, or -1 if the claim is forced within
   * a cell.
   */
  readonly via: number[];
  /** The entry of each claim, or -1 if the search has not derived the claim. */
  readonly entryOf: Int16Array;
  /** For each entry, a lower bound for the number of claims on which it is based. */
  readonly atLeast: number[];
  /**
   * For each entry, the number of claims on which it is based, including its own claim. The number
   * is 0 if these claims have not been counted yet.
   */
  readonly counts: number[];
  /**
   * Two entries with opposite claims. The first entry says that a candidate is on, and the second
   * entry says that this candidate is off. The field is undefined if there is no contradiction.
   */
  contradiction: readonly [number, number] | undefined;
}

/** Returns an empty list of consequences. */
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

/** Returns the number of different claims on which an entry is based, including its own claim. */
export function countClaims(found: Consequences, entry: number): number {
  if (found.counts[entry] === 0) {
    found.counts[entry] = restsOn(found, entry).length;
  }
  return found.counts[entry];
}

/**
 * Returns all entries on which an entry is based, in the order in which they were found. The entry
 * itself is included.
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
