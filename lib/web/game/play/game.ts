/** Defines a game: a puzzle, the board, its history and its clock. All parts are immutable. */
import type { Lineage } from "./lineage.ts";
import type { Moment } from "./moment.ts";
import { firstPosition, type Position } from "./position.ts";
import type { PlayedPuzzle } from "./puzzle.ts";
import type { Timer } from "./timer.ts";

/** A game at one moment. */
export interface Game {
  /** The name that distinguishes this game from the player's other games. */
  readonly id: string;
  /** The puzzle of the game. */
  readonly puzzle: PlayedPuzzle;
  /** The current board. */
  readonly position: Position;
  /** The boards to which undo returns, the oldest first. */
  readonly past: readonly Position[];
  /** The boards to which redo returns, the next one last. */
  readonly future: readonly Position[];
  /** The time played. */
  readonly timer: Timer;
  /** The local date, where the player is, when the game was started. */
  readonly startedOn: string;
  /**
   * The local date when the last digit was entered; null until then. Undo does not change it.
   */
  readonly finishedOn: string | null;
  /** The number of hints taken. Undo does not change it. */
  readonly hintsTaken: number;
  /** The saves from which this game comes; see lineage.ts. */
  readonly lineage: Lineage;
}

/**
 * Starts a game.
 *
 * @param id a unique name of the game; see `nameOfPuzzle`
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

/**
 * Returns whether the clock has stopped although the game is not finished. The page then hides the
 * board.
 */
export function isPaused({ timer, finishedOn }: Game): boolean {
  return timer.since === null && finishedOn === null;
}

/** Returns whether the board was filled with the solution. */
export function isFinished({ finishedOn }: Game): boolean {
  return finishedOn !== null;
}
