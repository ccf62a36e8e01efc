/**
 * Saves games, settings and results in `localStorage`. All data also stays in memory, so the player
 * can continue if the browser forbids storage or has no space left. The store reports such failures
 * in `state` and never throws an error because of them.
 *
 * Before each write, the store reads the stored data and merges it with the data in memory. If two
 * tabs write at the same moment, then one tab may still overwrite the data of the other tab. The
 * tab whose data was overwritten then gets a `storage` event and writes its data again; see
 * {@linkcode Store.receive}.
 */
import type { Game } from "../play/game.ts";
import { extended, type Lineage, revisionOf } from "../play/lineage.ts";
import type { Moment } from "../play/moment.ts";
import { importSaves } from "./exchange.ts";
import { GuardedStorage, type StoreState, type TextStorage } from "./guarded_storage.ts";
import { resultOf } from "./results.ts";
import type { SavedGame } from "./schema.ts";
import { mergeSaves, newerState, noSaves, removedState, type Saves } from "./saves.ts";
import { type Settings, settingsOf, withSettings } from "./settings.ts";
import { asideOf, gameKey, isKey, keysOf, readPart, textOf } from "./store_keys.ts";
import { storeGame } from "./stored_game.ts";

/** Reads, changes and writes the saves on behalf of one tab. */
export class Store {
  readonly #storage: GuardedStorage;
  readonly #writer: string;
  #saves: Saves = noSaves;
  #state: StoreState = "stored";
  #damaged: readonly string[] = [];
  /** For each game, the number of the last save by this tab. */
  readonly #numbers = new Map<string, number>();
  readonly #unwritten = new Set<string>();
  /**
   * For each key, the string that this tab last wrote. If the same string is read again, then it
   * need not be parsed.
   */
  readonly #written = new Map<string, string>();

  /**
   * Reads the stored data.
   *
   * @param open function that returns the storage, such as `() => localStorage`; it may throw an
   * error
   * @param writer a unique name for this visit to the page, created with `nameOfPuzzle`
   */
  constructor(open: () => TextStorage, writer: string) {
    this.#storage = new GuardedStorage(open);
    this.#writer = writer;
    const keys = this.#storage.keys();
    this.#state = keys === undefined ? "forbidden" : "stored";
    for (const key of keys ?? []) if (isKey(key)) this.#take(key);
  }

  /** All saved data that this tab knows. */
  get saves(): Saves {
    return this.#saves;
  }

  /** The state of the storage after the last write. */
  get state(): StoreState {
    return this.#state;
  }

  /**
   * The keys whose content is damaged. Before damaged content is replaced, it is copied to another
   * key.
   */
  get damaged(): readonly string[] {
    return this.#damaged;
  }

  get settings(): Settings {
    return settingsOf(this.#saves.settings);
  }

  /** The games that can be opened. The most recently saved game comes first. */
  get games(): readonly SavedGame[] {
    return this.#saves.games.filter(({ game }) => game !== null)
      .toSorted((a, b) => b.savedAt - a.savedAt);
  }

  /**
   * Saves a game and its result. Returns the game with its new lineage. From then on, use only the
   * returned game. If you later pass the old game to {@linkcode newer}, it will mistake this save
   * for one made by another tab.
   */
  save(game: Game, now: Moment): Game {
    const saved = { ...game, lineage: this.#extend(game.id, game.lineage) };
    const result = resultOf(saved, now);
    this.#add({
      games: [storeGame(saved, now)],
      settings: {},
      results: result ? [result] : [],
    });
    return Object.freeze(saved);
  }

  /** Removes a game, but keeps its result. */
  remove({ id, lineage }: Pick<SavedGame, "id" | "lineage">, now: Moment): void {
    this.#add({ ...noSaves, games: [removedState(id, this.#extend(id, lineage), now.time)] });
  }

  set(values: Partial<Settings>): void {
    this.#add({
      ...noSaves,
      settings: withSettings(this.#saves.settings, values, this.#writer),
    });
  }

  /** Adds the data of an import; see {@linkcode readExport}. */
  import(imported: Saves): void {
    const extend = (id: string, lineage: Lineage) => this.#extend(id, lineage);
    this.#add(importSaves(this.#saves, imported, extend));
  }

  /**
   * Merges data that another tab wrote. Afterwards, call {@linkcode newer}.
   *
   * @param key key of the `storage` event; null if the storage was cleared
   */
  receive(key: string | null): void {
    if (key !== null) {
      if (isKey(key)) this.#writeAll([key]);
      return;
    }
    this.#saves = noSaves;
    this.#unwritten.clear();
  }

  /**
   * Returns the newer state of a game that another tab has saved, or undefined if there is none.
   * The state is read from storage, because the `storage` event may arrive late.
   */
  newer(game: Game): SavedGame | undefined {
    this.#take(gameKey(game.id));
    return newerState(this.#saves.games, game);
  }

  /**
   * Returns the lineage with one more save. If a game is saved twice from the same state, then the
   * later save has the higher number, and it replaces the earlier save.
   */
  #extend(id: string, lineage: Lineage): Lineage {
    const fresh = extended(lineage, this.#writer, this.#numbers.get(id));
    this.#numbers.set(id, revisionOf(fresh));
    return fresh;
  }

  #add(part: Saves): void {
    this.#saves = mergeSaves(this.#saves, part);
    this.#writeAll(keysOf(part));
  }

  /** Writes the data of the given keys, and of all keys that could not be written before. */
  #writeAll(keys: readonly string[]): void {
    for (const key of keys) this.#unwritten.add(key);
    const states = [...this.#unwritten].map((key) => this.#put(key));
    this.#state = states.find((state) => state !== "stored") ?? "stored";
  }

  #put(key: string): StoreState {
    const stored = this.#take(key);
    if (stored !== null && this.#damaged.includes(key)) {
      const state = this.#storage.write(asideOf(key), stored);
      if (state !== "stored") return state;
    }
    const text = textOf(this.#saves, key);
    const state = this.#storage.write(key, text);
    if (state !== "stored") return state;
    this.#damaged = this.#damaged.filter((damaged) => damaged !== key);
    this.#written.set(key, text);
    this.#unwritten.delete(key);
    return state;
  }

  /**
   * Merges the data that is stored under a key into the saves. Returns the stored string, or null
   * if there is none.
   */
  #take(key: string): string | null {
    const text = this.#storage.read(key);
    if (text === null || text === this.#written.get(key)) return text;
    const part = readPart(key, text);
    if (part !== undefined) this.#saves = mergeSaves(this.#saves, part);
    else if (!this.#damaged.includes(key)) this.#damaged = [...this.#damaged, key];
    return text;
  }
}
