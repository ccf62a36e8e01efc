/**
 * Everything that is saved, and the merge of two copies, which keeps what either has. The order in
 * which copies are merged makes no difference, so tabs that write at once end up alike.
 */
import { comesFrom, type Lineage } from "../play/lineage.ts";
import { mergeResults } from "./results.ts";
import type { Result, SavedGame } from "./schema.ts";
import { mergeSettings, type SavedSettings } from "./settings.ts";

/** Games, settings and results. */
export interface Saves {
  /**
   * States of games, by id. Of one game there are several only where two tabs played on from the
   * same state, neither knowing of the other.
   */
  readonly games: readonly SavedGame[];
  readonly settings: SavedSettings;
  readonly results: readonly Result[];
}

/** Nothing yet. */
export const noSaves: Saves = Object.freeze({
  games: Object.freeze([]),
  settings: Object.freeze({}),
  results: Object.freeze([]),
});

/** Returns what two copies have together: of each game the states that no other comes from. */
export function mergeSaves(a: Saves, b: Saves): Saves {
  return {
    games: mergeGames(a.games, b.games),
    settings: mergeSettings(a.settings, b.settings),
    results: mergeResults(a.results, b.results),
  };
}

/** Returns the states of games that no other state comes from, in a fixed order. */
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
      // Two of one lineage are one state, unless somebody wrote the file by hand: the last stays.
      return comesFrom(state.lineage, other.lineage) && index > at;
    })
  );
}

/** The content is looked at last: it is long. */
function compareStates(a: SavedGame, b: SavedGame): number {
  if (a === b) return 0;
  return compare(JSON.stringify(a.lineage), JSON.stringify(b.lineage)) ||
    compare(JSON.stringify(a), JSON.stringify(b));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Returns a state of the game that comes from this one: what another tab made of it meanwhile. */
export function newerState(
  games: readonly SavedGame[],
  { id, lineage }: { readonly id: string; readonly lineage: Lineage },
): SavedGame | undefined {
  return games.find((state) =>
    state.id === id && comesFrom(state.lineage, lineage) && !comesFrom(lineage, state.lineage)
  );
}

/** Returns the state that stands for a game that the player removed. */
export function removedState(id: string, lineage: Lineage, time: number): SavedGame {
  return { id, lineage, savedAt: time, game: null };
}
