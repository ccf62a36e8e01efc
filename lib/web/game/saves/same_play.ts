/**
 * Distinguishes the player's changes to a game from changes that happen on their own, such as the
 * running of the clock or the arrival of the worker's rating. Only the player's changes make two
 * copies of a game diverge.
 */
import type { Game } from "../play/game.ts";
import { storeGame } from "./stored_game.ts";

/** Returns whether the player has changed a game since an earlier state in the same tab. */
export function isPlayedOn(game: Game, earlier: Game | null): boolean {
  return earlier === null || game.id !== earlier.id || game.position !== earlier.position ||
    game.past !== earlier.past || game.future !== earlier.future ||
    game.hintsTaken !== earlier.hintsTaken;
}

/** Returns whether two copies of a game, such as those of two tabs, contain the same changes. */
export function hasSamePlay(a: Game, b: Game): boolean {
  return playOf(a) === playOf(b);
}

function playOf(game: Game): string {
  const stored = storeGame(game, { time: 0, date: game.startedOn }).game;
  return JSON.stringify({ ...stored, rating: null, elapsed: 0 });
}
