/** Saves the current game, and synchronizes it with other tabs. */
import type { ReadonlySignal, Signal } from "@preact/signals";
import { signal } from "@preact/signals";
import { type Game, momentOf } from "../../game/mod.ts";
import { openGame } from "../../game/mod.ts";
import type { Settings } from "../../game/mod.ts";
import type { SavedGame } from "../../game/mod.ts";
import type { Saves } from "../../game/mod.ts";
import type { Store, StoreState } from "../../game/mod.ts";

export interface Saving {
  readonly saves: ReadonlySignal<Saves>;
  readonly state: ReadonlySignal<StoreState>;
  readonly settings: ReadonlySignal<Settings>;
  /** Saves the current game if it has changed since it was last saved. */
  save(): void;
  /**
   * Saves the current game after a short pause. If many changes follow each other quickly, then
   * they cause only a single write.
   */
  saveSoon(): void;
  /**
   * Saves the current game before another game replaces it. If the player has not made a move in
   * the current game, then the game is removed instead.
   */
  leave(nextId: string): void;
  set(change: Partial<Settings>): void;
  /** Returns the saved games that can be opened. The game that was saved last comes first. */
  games(): readonly SavedGame[];
  remove(id: string): void;
  /** Adds imported data to the saved data. */
  import(saves: Saves): void;
  /**
   * Merges data that another tab has saved. Returns whether the current game was replaced by a
   * newer state of the same game.
   */
  receive(key: string | null): boolean;
}

export interface SavingPorts {
  readonly store: Store;
  readonly game: Signal<Game | null>;
  readonly now: () => Date;
}

/** The time in milliseconds after the last change until the game is saved. */
const SOON_MS = 400;

/** Creates the functions that save the current game. */
export function createSaving({ store, game, now }: SavingPorts): Saving {
  const [saves, state] = [signal(store.saves), signal(store.state)];
  const settings = signal(store.settings);
  let saved: Game | null = null;
  let timeout: ReturnType<typeof setTimeout> | undefined;
  const refresh = () => {
    saves.value = store.saves;
    state.value = store.state;
    settings.value = store.settings;
  };
  const save = () => {
    clearTimeout(timeout);
    const { value } = game;
    if (value === null || value === saved) return;
    game.value = saved = store.save(value, momentOf(now()));
    refresh();
  };
  const remove = (id: string) => {
    for (const state of store.games.filter((each) => each.id === id)) {
      store.remove(state, momentOf(now()));
    }
    refresh();
  };
  return {
    ...{ saves, state, settings, save, remove },
    leave(nextId) {
      const left = game.value;
      if (left === null || left.id === nextId || !isUntouched(left)) return save();
      clearTimeout(timeout);
      remove(left.id);
    },
    saveSoon() {
      clearTimeout(timeout);
      timeout = setTimeout(save, SOON_MS);
    },
    set(change) {
      store.set(change);
      refresh();
    },
    games: () => store.games,
    import(imported) {
      store.import(imported);
      refresh();
    },
    receive(key) {
      save();
      store.receive(key);
      const newer = game.value && store.newer(game.value);
      if (newer?.game) game.value = saved = openGame(newer);
      refresh();
      return Boolean(newer?.game);
    },
  };
}

/** Returns whether the player has not made a move in a game yet. */
function isUntouched({ past, future }: Game): boolean {
  return past.length === 0 && future.length === 0;
}
