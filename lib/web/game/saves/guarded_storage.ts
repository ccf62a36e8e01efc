/**
 * Wraps a browser's storage. A browser may refuse access to its storage at any time. The wrapper
 * then reports the failure and does not throw an error.
 */

/** The methods of `localStorage` that the wrapper uses. */
export type TextStorage = Pick<Storage, "getItem" | "setItem" | "key" | "length">;

/**
 * The state of the storage. If the storage is full or forbidden, then new data stays only in
 * memory.
 */
export type StoreState = "stored" | "full" | "forbidden";

/** Reads and writes strings in the browser's storage, if the browser allows it. */
export class GuardedStorage {
  readonly #open: () => TextStorage;

  /** @param open function that returns the storage; it may throw an error */
  constructor(open: () => TextStorage) {
    this.#open = open;
  }

  /** Returns all keys, or undefined if access to the storage is forbidden. */
  keys(): readonly string[] | undefined {
    try {
      const storage = this.#open();
      return Array.from({ length: storage.length }, (_, index) => storage.key(index))
        .filter((key) => key !== null);
    } catch {
      return undefined;
    }
  }

  /**
   * Returns the string that is stored under a key. Returns null if there is none or if it cannot be
   * read.
   */
  read(key: string): string | null {
    try {
      return this.#open().getItem(key);
    } catch {
      return null;
    }
  }

  /** Writes a string, unless the same string is already stored under the key. */
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

/**
 * Returns whether an error means that the storage is full. Firefox uses an older name for this
 * error, NS_ERROR_DOM_QUOTA_REACHED.
 */
function isFull(error: unknown): boolean {
  const name = error instanceof Error ? error.name : undefined;
  return name === "QuotaExceededError" || name === "NS_ERROR_DOM_QUOTA_REACHED";
}
