/**
 * Wraps a browser's storage so that it reports failures instead of throwing. A browser may refuse
 * to provide, read or write the storage at any time.
 */

/** The part of `localStorage` that is used here. */
export type TextStorage = Pick<Storage, "getItem" | "setItem" | "key" | "length">;

/**
 * The state of the storage. Data that cannot be stored stays in memory until the player leaves the
 * page.
 */
export type StoreState = "stored" | "full" | "forbidden";

/** Reads and writes strings if the browser allows it. */
export class GuardedStorage {
  readonly #open: () => TextStorage;

  /** @param open returns the storage; may throw */
  constructor(open: () => TextStorage) {
    this.#open = open;
  }

  /** Returns all keys; undefined if the storage is forbidden. */
  keys(): readonly string[] | undefined {
    try {
      const storage = this.#open();
      return Array.from({ length: storage.length }, (_, index) => storage.key(index))
        .filter((key) => key !== null);
    } catch {
      return undefined;
    }
  }

  /** Returns the string of a key; null if there is none or it cannot be read. */
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

/**
 * Returns whether an error means that the storage is full. Firefox uses an older name for this
 * error.
 */
function isFull(error: unknown): boolean {
  const name = error instanceof Error ? error.name : undefined;
  return name === "QuotaExceededError" || name === "NS_ERROR_DOM_QUOTA_REACHED";
}
