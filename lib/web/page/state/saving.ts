/** Saves the current game, and synchronizes it with other tabs. */
import type { ReadonlySignal, Signal } from "@preact/signals";
import { signal } from "@preact/signals";
import { type Game, momentOf } from "../../game/mod.ts";
import type { Settings } from "../../game/mod.ts";
import type { SavedGame } from "../../game/mod.ts";
import type { Saves } from "../../game/mod.ts";
import type { Store, StoreState } from "../../game/mod.ts";
import { joinTabs, openedOrNull } from "./join_tabs.ts";

export interface Saving {
  readonly saves: ReadonlySignal<Saves>;
  readonly state: ReadonlySignal<StoreState>;
  readonly settings: ReadonlySignal<Settings>;
  /** Saves the current game if it has changed since it was last saved. */
  save(): void;
  /**
   * Saves the current game after a short pause. Many changes in quick succession cause only a
   * single write.
   */
  saveSoon(): void;
  /**
   * Saves the current game before another game replaces it. If the player has not made a move in
   * the current game, then the game is removed instead.
   */
  leave(next: Game): void;
  set(change: Partial<Settings>): void;
  /** Returns the saved games that can be opened. The game that was saved last comes first. */
  games(): readonly SavedGame[];
  remove(id: string): void;
  /** Adds imported data to the saved data. */
  import(saves: Saves): void;
  /**
   * Merges data that another tab wrote. If the player has changed the current game in one tab only,
   * the game continues with that tab's changes. Returns whether the current game was replaced.
   */
  receive(key: string | null): boolean;
}

export interface SavingPorts {
  readonly store: Store;
  readonly game: Signal<Game | null>;
  readonly now: () => Date;
}

/** The time in milliseconds between the last change and saving the game. */
const SOON_MS = 400;

/** Creates the functions that save the current game. */
export function createSaving({ store, game, now }: SavingPorts): Saving {
  const [saves, state] = [signal(store.saves), signal(store.state)];
  const settings = signal(store.settings);
  let saved: Game | null = null;
  // The state of the game when it was last stored or opened. A later state may differ from it
  // without any change by the player.
  let base: Game | null = null;
  let timeout: ReturnType<typeof setTimeout> | undefined;
  const refresh = () => {
    saves.value = store.saves;
    state.value = store.state;
    settings.value = store.settings;
  };
  /** Continues from another tab's state, if any. Returns whether that replaced the game. */
  const takeOver = () => {
    const here = game.value;
    const there = here && openedOrNull(store.newer(here));
    if (here === null || there === null) return false;
    const { kind, game: joined } = joinTabs(here, there, base, momentOf(now()).time);
    if (kind === "there") saved = base = there;
    game.value = joined;
    return kind === "there";
  };
  const save = () => {
    clearTimeout(timeout);
    if (game.value === null || game.value === saved) return;
    takeOver();
    game.value = saved = base = store.save(game.value, momentOf(now()));
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
    leave(next) {
      const left = game.value;
      if (left === null || left.id === next.id || !isUntouched(left)) save();
      else {
        clearTimeout(timeout);
        remove(left.id);
      }
      base = next;
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
      store.receive(key);
      const isReplaced = takeOver();
      refresh();
      return isReplaced;
    },
  };
}

/** Returns whether the player has not made a move in a game yet. */
function isUntouched({ past, future }: Game): boolean {
  return past.length === 0 && future.length === 0;
}
