/**
 * A browser's storage that answers instead of throwing. A browser may refuse to hand the storage
 * out, to read it or to write it, each at any time.
 */

/** The part of `localStorage` that is used. */
export type TextStorage = Pick<Storage, "getItem" | "setItem" | "key" | "length">;

/** Whether something is stored: if not, it is held in memory until the page is left. */
export type StoreState = "stored" | "full" | "forbidden";

/** Reads and writes texts, as far as the browser lets it. */
export class GuardedStorage {
  readonly #open: () => TextStorage;

  /** @param open returns the storage; may throw */
  constructor(open: () => TextStorage) {
    this.#open = open;
  }

  /** Returns all keys; undefined where the storage is forbidden. */
  keys(): readonly string[] | undefined {
    try {
      const storage = this.#open();
      return Array.from({ length: storage.length }, (_, index) => storage.key(index))
        .filter((key) => key !== null);
    } catch {
      return undefined;
    }
  }

  /** Returns the text of a key; null where there is none, or it can't be read. */
  read(key: string): string | null {
    try {
      return this.#open().getItem(key);
    } catch {
      return null;
    }
  }

  /** Writes a text, unless it is there already. */
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

/** The older name is Firefox's. */
function isFull(error: unknown): boolean {
  const name = error instanceof Error ? error.name : undefined;
  return name === "QuotaExceededError" || name === "NS_ERROR_DOM_QUOTA_REACHED";
}
