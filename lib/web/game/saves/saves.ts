/**
 * Merges copies of the saved data. No data is lost. The order of the merges makes no difference, so
 * tabs that write at the same time end up with the same data.
 */
import { comesFrom, type Lineage } from "../play/lineage.ts";
import { mergeResults } from "./results.ts";
import type { Result, SavedGame } from "./schema.ts";
import { mergeSettings, type SavedSettings } from "./settings.ts";

/** All data that the page saves: games, settings and results. */
export interface Saves {
  /**
   * The saved states of the games. A game has several states only if two tabs have changed it
   * independently.
   */
  readonly games: readonly SavedGame[];
  readonly settings: SavedSettings;
  readonly results: readonly Result[];
}

/** Saves that contain no data. */
export const noSaves: Saves = Object.freeze({
  games: Object.freeze([]),
  settings: Object.freeze({}),
  results: Object.freeze([]),
});

/**
 * Merges two copies of the saves. If one state of a game is a continuation of the other, then only
 * the later state is kept.
 */
export function mergeSaves(a: Saves, b: Saves): Saves {
  return {
    games: mergeGames(a.games, b.games),
    settings: mergeSettings(a.settings, b.settings),
    results: mergeResults(a.results, b.results),
  };
}

/**
 * Merges two lists of states. If one state comes from another state, then only the later state is
 * kept. The result is in a fixed order.
 */
export function mergeGames(
  a: readonly SavedGame[],
  b: readonly SavedGame[],
): readonly SavedGame[] {
  const byId = Map.groupBy([...a, ...b], ({ id }) => id);
  return [...byId.keys()].sort().flatMap((id) => latestOf(byId.get(id)!));
}

function latestOf(states: readonly SavedGame[]): readonly SavedGame[] {
  if (states.length === 1) return states;
  const inOrder = states.toSorted(compareStates);
  return inOrder.filter((state, index) =>
    inOrder.every((other, at) => {
      if (at === index || !comesFrom(other.lineage, state.lineage)) return true;
      // Two states with the same lineage are equal, unless somebody has edited the saved data. Only
      // the last of the two is kept.
      return comesFrom(state.lineage, other.lineage) && index > at;
    })
  );
}

function compareStates(a: SavedGame, b: SavedGame): number {
  if (a === b) return 0;
  return compare(JSON.stringify(a.lineage), JSON.stringify(b.lineage)) ||
    compare(JSON.stringify(a), JSON.stringify(b));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/**
 * Returns the state that a second tab has made from the given state, or undefined if there is none.
 */
export function newerState(
  games: readonly SavedGame[],
  { id, lineage }: { readonly id: string; readonly lineage: Lineage },
): SavedGame | undefined {
  return games.find((state) =>
    state.id === id && comesFrom(state.lineage, lineage) && !comesFrom(lineage, state.lineage)
  );
}

/** Returns the state that marks a game as removed by the player. */
export function removedState(id: string, lineage: Lineage, time: number): SavedGame {
  return { id, lineage, savedAt: time, game: null };
}
