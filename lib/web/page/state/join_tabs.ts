/** Joins the states of a game in two tabs, so that the player's changes in either tab are kept. */
import { type Game, hasSamePlay, isPlayedOn, openGame, type SavedGame } from "../../game/mod.ts";

/** The game to continue with, and the tab whose changes it contains. */
export interface JoinedGame {
  readonly kind: "here" | "there";
  readonly game: Game;
}

/**
 * Joins this tab's game with a state that another tab saved.
 *
 * If the player has changed the game only in the other tab, the result is the other tab's game. If
 * the player has changed the game only in this tab, the result is this tab's game, which is then
 * treated as a later state of the other tab's game. If the player has changed the game in both
 * tabs, the result is this tab's game, unchanged, and the next save stores it as a second game.
 *
 * @param base the state of this tab's game before the player's unsaved changes
 */
export function joinTabs(here: Game, there: Game, base: Game | null, time: number): JoinedGame {
  if (!isPlayedOn(here, base)) {
    return { kind: "there", game: ratedLike(here, withClockOf(here, there, time)) };
  }
  const isOnlyHere = base !== null && hasSamePlay(base, there);
  const game = isOnlyHere ? ratedLike(there, { ...here, lineage: there.lineage }) : here;
  return { kind: "here", game };
}

/** Opens a saved game. Returns null if the saved game has been removed or is damaged. */
export function openedOrNull(saved: SavedGame | undefined): Game | null {
  try {
    return saved?.game ? openGame(saved) : null;
  } catch {
    return null;
  }
}

/**
 * Returns the game that the other tab stored. If this tab's clock is running and the returned game
 * is not finished, then the clock of the returned game is started.
 */
function withClockOf(here: Game, there: Game, time: number): Game {
  const isRunning = here.timer.since !== null && there.finishedOn === null;
  return isRunning ? { ...there, timer: { ...there.timer, since: time } } : there;
}

/**
 * Returns the given game. If its puzzle has no rating, then the rating from the other copy is
 * filled in.
 */
function ratedLike({ puzzle: { rating } }: Game, game: Game): Game {
  if (game.puzzle.rating !== null || rating === null) return Object.freeze(game);
  return Object.freeze({ ...game, puzzle: { ...game.puzzle, rating } });
}
