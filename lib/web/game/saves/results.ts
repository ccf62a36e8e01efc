/** Keeps the results of games. When a game is removed, its result is kept. */
import type { Game } from "../play/game.ts";
import type { Moment } from "../play/moment.ts";
import type { Origin, PlayedPuzzle } from "../play/puzzle.ts";
import { elapsed } from "../play/timer.ts";
import { MOST_RESULTS, type Result } from "./schema.ts";

/** Returns the current result of a game, or undefined if the player has not made a move yet. */
export function resultOf(game: Game, now: Moment): Result | undefined {
  if (game.past.length === 0 && game.future.length === 0) return undefined;
  const { id, puzzle, startedOn, finishedOn, hintsTaken } = game;
  return {
    id,
    size: puzzle.size,
    level: levelOf(puzzle),
    daily: puzzle.origin.kind === "daily" ? puzzle.origin.date : null,
    startedOn,
    finishedOn,
    time: elapsed(game.timer, now.time),
    hintsTaken,
  };
}

function levelOf({ origin, rating }: PlayedPuzzle): Result["level"] {
  return hasLevel(origin) ? origin.level : rating?.level ?? null;
}

function hasLevel(origin: Origin): origin is Extract<Origin, { level: unknown }> {
  return "level" in origin;
}

/**
 * Merges two lists of results. The results of the newest games come first. If there are too many
 * results, then the oldest results are dropped.
 */
export function mergeResults(
  a: readonly Result[],
  b: readonly Result[],
): readonly Result[] {
  const byId = new Map<string, Result>();
  for (const result of [...a, ...b]) {
    const other = byId.get(result.id);
    byId.set(result.id, other ? furtherOf(result, other) : result);
  }
  const newestFirst = [...byId.values()].sort((x, y) =>
    compare(y.startedOn, x.startedOn) || compare(x.id, y.id)
  );
  return newestFirst.slice(0, MOST_RESULTS);
}

/**
 * Returns the later of two results of the same game. The result of a solved puzzle counts as later
 * than the result of an unsolved one. If both puzzles are solved or both are unsolved, then the
 * result with the longer playing time counts as later.
 */
function furtherOf(a: Result, b: Result): Result {
  const rank = ({ finishedOn }: Result) => finishedOn === null ? 0 : 1;
  const order = rank(a) - rank(b) || a.time - b.time ||
    compare(JSON.stringify(a), JSON.stringify(b));
  return order >= 0 ? a : b;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
