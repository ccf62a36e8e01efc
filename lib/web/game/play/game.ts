/** Defines games. All parts are immutable. */
import type { Lineage } from "./lineage.ts";
import type { Moment } from "./moment.ts";
import { firstPosition, type Position } from "./position.ts";
import type { PlayedPuzzle } from "./puzzle.ts";
import type { Timer } from "./timer.ts";

/** A game: the puzzle, the board, its history and its clock. */
export interface Game {
  /** The unique name of the game. */
  readonly id: string;
  readonly puzzle: PlayedPuzzle;
  readonly position: Position;
  /** The boards for undo, oldest first. */
  readonly past: readonly Position[];
  /** The boards for redo, next one last. */
  readonly future: readonly Position[];
  readonly timer: Timer;
  /** The player's local date at the start. */
  readonly startedOn: string;
  /**
   * The player's local date when the last digit was entered; null until then. Undo does not change
   * it.
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
 * @param id a unique name; see `nameOfPuzzle`
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
 * Returns whether the game is unfinished and its clock has stopped. The page then hides the board.
 */
export function isPaused({ timer, finishedOn }: Game): boolean {
  return timer.since === null && finishedOn === null;
}

/** Returns whether the solution has been entered. */
export function isFinished({ finishedOn }: Game): boolean {
  return finishedOn !== null;
}
