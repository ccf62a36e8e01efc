/**
 * Undoes and redoes changes to the board. If only the selection, the cursor or the highlight
 * changes, then no step is recorded. Undo and redo nevertheless restore the selection, the cursor
 * and the highlight along with the board.
 */
import type { Game } from "./game.ts";
import { type Position, sameBoard } from "./position.ts";

/**
 * The maximum number of steps that can be undone. No player takes that many steps. If there are
 * more, then the oldest steps are dropped.
 */
export const MOST_STEPS = 10_000;

/**
 * Returns the game with a new position. If the board has changed, then the old position is kept for
 * undo.
 */
export function record(game: Game, position: Position): Game {
  if (position === game.position) return game;
  if (sameBoard(position, game.position)) return Object.freeze({ ...game, position });
  const past = Object.freeze([...game.past, game.position].slice(-MOST_STEPS));
  return Object.freeze({ ...game, position, past, future: Object.freeze([]) });
}

/**
 * Returns the game as it was before its last step, or the same game if there is no step to undo.
 */
export function undo(game: Game): Game {
  const position = game.past.at(-1);
  if (position === undefined) return game;
  const past = Object.freeze(game.past.slice(0, -1));
  const future = Object.freeze([...game.future, game.position]);
  return Object.freeze({ ...game, position, past, future });
}

/**
 * Returns the game with the most recently undone step redone, or the same game if there is no step
 * to redo.
 */
export function redo(game: Game): Game {
  const position = game.future.at(-1);
  if (position === undefined) return game;
  const past = Object.freeze([...game.past, game.position]);
  const future = Object.freeze(game.future.slice(0, -1));
  return Object.freeze({ ...game, position, past, future });
}
