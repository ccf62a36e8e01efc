/**
 * Saves in a browser's `localStorage`. All is also held in memory, so that play goes on where the
 * browser forbids storing or has no room left; that is an answer, never an exception.
 *
 * Before each write the stored text is read and merged. A tab whose entry was overwritten all the
 * same, by another that had not seen it yet, hears of that by the `storage` event and writes what
 * is missing: {@linkcode Store.receive}.
 */
import type { Game } from "../play/game.ts";
import { extended } from "../play/lineage.ts";
import type { Moment } from "../play/moment.ts";
import { importSaves } from "./exchange.ts";
import { resultOf } from "./results.ts";
import type { SavedGame } from "./schema.ts";
import { mergeSaves, newerState, noSaves, removedState, type Saves } from "./saves.ts";
import { type Settings, settingsOf, withSettings } from "./settings.ts";
import { asideOf, isKey, keysOf, readPart, textOf } from "./store_keys.ts";
import { storeGame } from "./stored_game.ts";

/** What the store needs of `localStorage`. */
export type TextStorage = Pick<Storage, "getItem" | "setItem" | "key" | "length">;

/** Whether something is stored: if not, it is held in memory until the page is left. */
export type StoreState = "stored" | "full" | "forbidden";

/** The saves of this tab. */
export class Store {
  readonly #open: () => TextStorage;
  readonly #writer: string;
  #saves: Saves = noSaves;
  #state: StoreState = "stored";
  #damaged: readonly string[] = [];
  readonly #unwritten = new Set<string>();
  /** By key: what this tab wrote last, which needs no reading. */
  readonly #written = new Map<string, string>();

  /**
   * Reads what is stored.
   *
   * @param open returns the storage, `() => localStorage`; may throw
   * @param writer a new name for this visit of the page, see {@linkcode nameOf}
   */
  constructor(open: () => TextStorage, writer: string) {
    this.#open = open;
    this.#writer = writer;
    this.#state = this.#try((storage) => {
      const keys = Array.from({ length: storage.length }, (_, index) => storage.key(index));
      for (const key of keys) if (key !== null && isKey(key)) this.#take(storage, key);
    });
  }

  /** Everything, as this tab knows it. */
  get saves(): Saves {
    return this.#saves;
  }

  /** Whether the last write was stored, or why it was not. */
  get state(): StoreState {
    return this.#state;
  }

  /** Keys whose content is damaged. Before something replaces it, it is put aside as it is. */
  get damaged(): readonly string[] {
    return this.#damaged;
  }

  /** The settings as they stand. */
  get settings(): Settings {
    return settingsOf(this.#saves.settings);
  }

  /** Games that can be opened, the last saved first. */
  get games(): readonly SavedGame[] {
    return this.#saves.games.filter(({ game }) => game !== null)
      .toSorted((a, b) => b.savedAt - a.savedAt);
  }

  /** Saves a game with its result, and returns it with its new lineage: go on with that. */
  save(game: Game, now: Moment): Game {
    const saved = { ...game, lineage: extended(game.lineage, this.#writer) };
    const result = resultOf(saved, now);
    this.#add({
      games: [storeGame(saved, now)],
      settings: {},
      results: result ? [result] : [],
    });
    return Object.freeze(saved);
  }

  /** Removes a game. Its result stays. */
  remove(game: Pick<SavedGame, "id" | "lineage">, now: Moment): void {
    this.#add({ ...noSaves, games: [removedState(game, this.#writer, now.time)] });
  }

  /** Changes settings. */
  set(values: Partial<Settings>): void {
    this.#add({
      ...noSaves,
      settings: withSettings(this.#saves.settings, values, this.#writer),
    });
  }

  /** Adds what an import holds, see {@linkcode readExport}. */
  import(imported: Saves): void {
    this.#add(importSaves(this.#saves, imported, this.#writer));
  }

  /**
   * Takes in what another tab wrote. Save the open game before, if it has changed; and see
   * {@linkcode newer} afterwards.
   *
   * @param key of the `storage` event; null where the storage was cleared
   */
  receive(key: string | null): void {
    if (key === null) this.#saves = noSaves;
    else if (isKey(key)) this.#writeAll([key]);
  }

  /** Returns what another tab made of a game since it was last saved or opened here. */
  newer(game: Game): SavedGame | undefined {
    return newerState(this.#saves.games, game);
  }

  #add(part: Saves): void {
    this.#saves = mergeSaves(this.#saves, part);
    this.#writeAll(keysOf(part));
  }

  /** Writes keys, and those that could not be written before. */
  #writeAll(keys: readonly string[]): void {
    for (const key of keys) this.#unwritten.add(key);
    const states = [...this.#unwritten].map((key) =>
      this.#try((storage) => this.#put(storage, key))
    );
    this.#state = states.find((state) => state !== "stored") ?? "stored";
  }

  #put(storage: TextStorage, key: string): void {
    this.#take(storage, key);
    const text = textOf(this.#saves, key);
    const stored = storage.getItem(key);
    if (stored !== null && this.#damaged.includes(key)) storage.setItem(asideOf(key), stored);
    if (text !== stored) storage.setItem(key, text);
    this.#damaged = this.#damaged.filter((damaged) => damaged !== key);
    this.#written.set(key, text);
    this.#unwritten.delete(key);
  }

  /** Merges what is stored under a key. */
  #take(storage: TextStorage, key: string): void {
    const text = storage.getItem(key);
    if (text === null || text === this.#written.get(key)) return;
    const part = readPart(key, text);
    if (part !== undefined) this.#saves = mergeSaves(this.#saves, part);
    else if (!this.#damaged.includes(key)) this.#damaged = [...this.#damaged, key];
  }

  #try(act: (storage: TextStorage) => void): StoreState {
    try {
      act(this.#open());
      return "stored";
    } catch (error) {
      return isFull(error) ? "full" : "forbidden";
    }
  }
}

function isFull(error: unknown): boolean {
  const { name } = error as { name?: unknown };
  return name === "QuotaExceededError" || name === "NS_ERROR_DOM_QUOTA_REACHED";
}
