/**
 * Stores the traces of one function by key. Each trace takes memory and time, and a function can
 * need many traces. If its arguments are sentences, for example, then each sentence length needs a
 * separate trace. The number of traces is therefore limited.
 */

interface Kept {
  /** Returns whether running the trace would still do the same thing as calling the function. */
  readonly isValid: () => boolean;
}

/** The default limit on the number of traces. */
export const MOST_TRACES = 64;

/**
 * When the store is full, a call whose key has no trace is traced only after this many earlier
 * calls with the same key. Each time a new trace replaces an old one, the required number of
 * earlier calls increases by this much. The wait saves time, because tracing takes about as long as
 * ten eager calls.
 */
const PATIENCE = 8;

/**
 * The maximum number of keys whose calls are counted. If there are more keys, then all counts are
 * reset to zero.
 */
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

  find(key: string): T | undefined {
    const entry = this.#entries.get(key)?.find(({ kept }) => kept.isValid());
    if (entry) entry.lastUse = ++this.#uses;
    return entry?.kept;
  }

  get isFull(): boolean {
    return this.#size >= this.#most;
  }

  /**
   * Returns whether a call without a trace should be traced now. This method counts the calls with
   * each key, so it must be called exactly once for each call without a trace.
   */
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
   * @returns the least recently used trace, which was removed because the store was full; undefined
   * if the store was not full
   */
  add(key: string, kept: T): T | undefined {
    const gone = this.isFull ? this.#removeOldest() : undefined;
    const entry = { kept, lastUse: ++this.#uses };
    this.#entries.set(key, [...this.#entries.get(key) ?? [], entry]);
    this.#counts.delete(key);
    this.#size++;
    return gone;
  }

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
