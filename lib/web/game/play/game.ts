/** Defines games. All parts of a game are immutable. */
import type { Lineage } from "./lineage.ts";
import type { Moment } from "./moment.ts";
import { firstPosition, type Position } from "./position.ts";
import type { PlayedPuzzle } from "./puzzle.ts";
import type { Timer } from "./timer.ts";

/** A game consists of the puzzle, the board with its history, and the clock. */
export interface Game {
  /** The name of the game, which is unique. */
  readonly id: string;
  readonly puzzle: PlayedPuzzle;
  readonly position: Position;
  /** The earlier boards, which undo restores. The oldest board comes first. */
  readonly past: readonly Position[];
  /**
   * The undone boards, which redo restores. The last board in the list is the next one that redo
   * restores.
   */
  readonly future: readonly Position[];
  readonly timer: Timer;
  /** The player's local date when the game was started. */
  readonly startedOn: string;
  /**
   * The player's local date when the puzzle was solved; null until then. Undo does
   * not change this date.
   */
  readonly finishedOn: string | null;
  /** The number of hints that the player has taken. Undo does not change this number. */
  readonly hintsTaken: number;
  /** The saves that led to this state of the game, grouped by the tab that wrote them. */
  readonly lineage: Lineage;
}

/**
 * Starts a game.
 *
 * @param id a unique name for the game, for example from `nameOfPuzzle`
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
 * Returns whether the game is paused: its clock is stopped, although the puzzle is not solved yet.
 * The page hides the board of a paused game.
 */
export function isPaused({ timer, finishedOn }: Game): boolean {
  return timer.since === null && finishedOn === null;
}

/** Returns whether the player has solved the puzzle. */
export function isFinished({ finishedOn }: Game): boolean {
  return finishedOn !== null;
}
