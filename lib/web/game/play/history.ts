/**
 * Undoes and redoes changes of the board. A change of only the selection, the cursor or the
 * highlight is not a step, but undo and redo restore these three too.
 */
import type { Game } from "./game.ts";
import { type Position, sameBoard } from "./position.ts";

/** The maximum number of steps, more than any player takes. The oldest steps are dropped. */
export const MOST_STEPS = 10_000;

/** Returns the game with a new position. If the board has changed, undo can go back. */
export function record(game: Game, position: Position): Game {
  if (position === game.position) return game;
  if (sameBoard(position, game.position)) return Object.freeze({ ...game, position });
  const past = Object.freeze([...game.past, game.position].slice(-MOST_STEPS));
  return Object.freeze({ ...game, position, past, future: Object.freeze([]) });
}

/** Goes one step back, if there is one. */
export function undo(game: Game): Game {
  const position = game.past.at(-1);
  if (position === undefined) return game;
  const past = Object.freeze(game.past.slice(0, -1));
  const future = Object.freeze([...game.future, game.position]);
  return Object.freeze({ ...game, position, past, future });
}

/** Goes one step forward, if there is one. */
export function redo(game: Game): Game {
  const position = game.future.at(-1);
  if (position === undefined) return game;
  const past = Object.freeze([...game.past, game.position]);
  const future = Object.freeze(game.future.slice(0, -1));
  return Object.freeze({ ...game, position, past, future });
}
