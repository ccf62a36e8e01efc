import type { TextStorage } from "../../../../lib/web/game/saves/guarded_storage.ts";

/** Imitates the storage of a single tab, with space for a limited number of characters. */
export class MemoryStorage implements TextStorage {
  readonly texts = new Map<string, string>();

  constructor(public room = Infinity) {}

  get length(): number {
    return this.texts.size;
  }

  key(index: number): string | null {
    return [...this.texts.keys()][index] ?? null;
  }

  getItem(key: string): string | null {
    return this.texts.get(key) ?? null;
  }

  setItem(key: string, text: string): void {
    const others = [...this.texts].filter(([name]) => name !== key);
    const used = others.reduce((sum, [name, value]) => sum + name.length + value.length, 0);
    if (used + key.length + text.length > this.room) {
      throw new DOMException("No room.", "QuotaExceededError");
    }
    this.texts.set(key, text);
  }
}

/** Throws the error that a browser throws when it forbids access to its storage. */
export function forbidden(): TextStorage {
  throw new DOMException("Not here.", "SecurityError");
}

/** An object that reads the storage in one tab and responds to the storage events of this tab. */
export interface Reader {
  receive(key: string | null): void;
}

interface Write {
  readonly tab: number;
  readonly key: string;
  readonly text: string;
}

/**
 * Imitates storage that several tabs share. As in browsers, each tab has a copy of the data. A
 * write changes the copy of the writing tab at once, and all other copies later. If two tabs write
 * the same entry, then the last write wins.
 */
export class SharedStorage {
  readonly #copies: MemoryStorage[] = [];
  readonly #readers: Reader[] = [];
  #writes: Write[] = [];

  open<Kind extends Reader>(start: (storage: () => TextStorage) => Kind): Kind {
    const tab = this.#copies.length;
    const copy = new MemoryStorage();
    for (const [key, text] of this.#copies[0]?.texts ?? []) copy.texts.set(key, text);
    const storage: TextStorage = {
      get length() {
        return copy.length;
      },
      key: (index) => copy.key(index),
      getItem: (key) => copy.getItem(key),
      setItem: (key, text) => {
        copy.setItem(key, text);
        this.#writes.push({ tab, key, text });
      },
    };
    this.#copies.push(copy);
    const reader = start(() => storage);
    this.#readers.push(reader);
    return reader;
  }

  /**
   * Delivers up to `count` writes, oldest first. Each write is delivered to all tabs except the tab
   * that wrote it, and these tabs then respond to the change.
   */
  deliver(count = Infinity): void {
    for (let done = 0; done < count && this.#writes.length > 0; done++) {
      const [{ tab, key, text }, ...rest] = this.#writes;
      this.#writes = rest;
      this.#readers.forEach((reader, other) => {
        // If this tab wrote the same entry later, then its pending write wins.
        const hasOwn = rest.some((write) => write.tab === other && write.key === key);
        if (other === tab || hasOwn) return;
        this.#copies[other].texts.set(key, text);
        reader.receive(key);
      });
    }
  }

  /** The copies of all tabs. They are equal once all writes are delivered. */
  get texts(): readonly ReadonlyMap<string, string>[] {
    return this.#copies.map(({ texts }) => texts);
  }
}
