/** A game: a puzzle, the board, its history and its clock. Nothing in it is ever changed. */
import type { Lineage } from "./lineage.ts";
import type { Moment } from "./moment.ts";
import { firstPosition, type Position } from "./position.ts";
import type { PlayedPuzzle } from "./puzzle.ts";
import type { Timer } from "./timer.ts";

/** A game at one moment. */
export interface Game {
  /** Tells this game from the player's others. */
  readonly id: string;
  /** What is played. */
  readonly puzzle: PlayedPuzzle;
  /** The board now. */
  readonly position: Position;
  /** Boards that undo goes back to, the oldest first. */
  readonly past: readonly Position[];
  /** Boards that redo goes on to, the next one last. */
  readonly future: readonly Position[];
  /** Time played. */
  readonly timer: Timer;
  /** The player's day of the first look. */
  readonly startedOn: string;
  /** The player's day of the last digit; null as long as it is missing. Undo leaves it. */
  readonly finishedOn: string | null;
  /** How many hints were taken. Undo leaves it. */
  readonly hintsTaken: number;
  /** Which saves it comes from, see saves/. */
  readonly lineage: Lineage;
}

/**
 * Starts a game.
 *
 * @param id a name that no other game has, see {@linkcode nameOf}
 */
export function newGame(puzzle: PlayedPuzzle, id: string, now: Moment): Game {
  return Object.freeze({
    id,
    puzzle,
    position: firstPosition(puzzle),
    past: Object.freeze([]),
    future: Object.freeze([]),
    timer: Object.freeze({ before: 0, since: now.time }),
    startedOn: now.date,
    finishedOn: null,
    hintsTaken: 0,
    lineage: Object.freeze([]),
  });
}

/** Returns whether the clock stands although the game is not finished: the page hides the board. */
export function isPaused({ timer, finishedOn }: Game): boolean {
  return timer.since === null && finishedOn === null;
}

/** Returns whether the board was filled as the solution has it. */
export function isFinished({ finishedOn }: Game): boolean {
  return finishedOn !== null;
}
