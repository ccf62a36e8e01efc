/**
 * The traces of one function, by what calls have in common. Their number is limited: shapes that
 * never end, as sentences of every length, would take memory and time for each.
 */

/** What is kept of a trace. */
interface Kept {
  /** Whether it still stands for what the function does. */
  readonly isValid: () => boolean;
}

/** The limit where no other is asked for. */
export const MOST_TRACES = 64;

/**
 * How often a call has to come before another trace gives way for it; more often after each that
 * has. A trace takes as long as some ten eager calls.
 */
const PATIENCE = 8;

/** Most kinds of calls that are counted. */
const MOST_COUNTED = 4096;

export class TraceStore<T extends Kept> {
  readonly #most: number;
  readonly #entries = new Map<string, { readonly kept: T; lastUse: number }[]>();
  readonly #counts = new Map<string, number>();
  #size = 0;
  #uses = 0;
  #givenWay = 0;

  constructor(most: number) {
    this.#most = most;
  }

  /** The trace that calls with this key have. */
  find(key: string): T | undefined {
    const entry = this.#entries.get(key)?.find(({ kept }) => kept.isValid());
    if (entry) entry.lastUse = ++this.#uses;
    return entry?.kept;
  }

  /** Whether there are as many traces as may be. */
  get isFull(): boolean {
    return this.#size >= this.#most;
  }

  /** Whether a call without a trace is to get one; asked for each such call. */
  isWorthTracing(key: string): boolean {
    if (!this.isFull) return true;
    const count = (this.#counts.get(key) ?? 0) + 1;
    if (this.#counts.size > MOST_COUNTED) this.#counts.clear();
    this.#counts.set(key, count);
    return count > PATIENCE * (1 + this.#givenWay);
  }

  /**
   * Adds a trace.
   *
   * @returns the one that gives way for it, if there are too many: the one unused for longest
   */
  add(key: string, kept: T): T | undefined {
    const gone = this.isFull ? this.#removeOldest() : undefined;
    const entry = { kept, lastUse: ++this.#uses };
    this.#entries.set(key, [...this.#entries.get(key) ?? [], entry]);
    this.#counts.delete(key);
    this.#size++;
    return gone;
  }

  /** Forgets all; returns what there was. */
  clear(): T[] {
    const all = [...this.#entries.values()].flat().map(({ kept }) => kept);
    this.#entries.clear();
    this.#counts.clear();
    this.#size = 0;
    this.#givenWay = 0;
    return all;
  }

  #removeOldest(): T | undefined {
    const all = [...this.#entries].flatMap(([key, entries]) =>
      entries.map((entry) => ({ key, entry }))
    );
    if (all.length === 0) return undefined;
    const oldest = all.reduce((a, b) => a.entry.lastUse <= b.entry.lastUse ? a : b);
    const rest = this.#entries.get(oldest.key)!.filter((entry) => entry !== oldest.entry);
    if (rest.length > 0) this.#entries.set(oldest.key, rest);
    else this.#entries.delete(oldest.key);
    this.#size--;
    this.#givenWay++;
    return oldest.entry.kept;
  }
}
