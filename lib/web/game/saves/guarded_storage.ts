/**
 * Wraps a browser's storage to report failures instead of throwing. A browser may refuse access at
 * any time.
 */

/** The methods of `localStorage` that the wrapper uses. */
export type TextStorage = Pick<Storage, "getItem" | "setItem" | "key" | "length">;

/** The state of the storage. Data that cannot be stored stays in memory. */
export type StoreState = "stored" | "full" | "forbidden";

/** Reads and writes strings if the browser allows it. */
export class GuardedStorage {
  readonly #open: () => TextStorage;

  /** @param open returns the storage; may throw */
  constructor(open: () => TextStorage) {
    this.#open = open;
  }

  /** Returns all keys, or undefined if the storage is forbidden. */
  keys(): readonly string[] | undefined {
    try {
      const storage = this.#open();
      return Array.from({ length: storage.length }, (_, index) => storage.key(index))
        .filter((key) => key !== null);
    } catch {
      return undefined;
    }
  }

  /** Returns the string of a key, or null if it is missing or cannot be read. */
  read(key: string): string | null {
    try {
      return this.#open().getItem(key);
    } catch {
      return null;
    }
  }

  /** Writes a string unless it is already stored. */
  write(key: string, text: string): StoreState {
    try {
      const storage = this.#open();
      if (storage.getItem(key) !== text) storage.setItem(key, text);
      return "stored";
    } catch (error) {
      return isFull(error) ? "full" : "forbidden";
    }
  }
}

/** Returns whether the storage is full. Firefox has an older name for this error. */
function isFull(error: unknown): boolean {
  const name = error instanceof Error ? error.name : undefined;
  return name === "QuotaExceededError" || name === "NS_ERROR_DOM_QUOTA_REACHED";
}
