/**
 * Stores a game as JSON. The current board is stored in full. Each board of the history is stored
 * as its differences from the board that is one step closer to the current board. A game of 300
 * moves takes about 15 kB.
 */
import { shapeOf } from "../../../sudoku/mod.ts";
import { GameError } from "../game_error.ts";
import type { Game } from "../play/game.ts";
import type { Moment } from "../play/moment.ts";
import { type Position, sameBoard } from "../play/position.ts";
import { type PlayedPuzzle, puzzleOf } from "../play/puzzle.ts";
import { elapsed } from "../play/timer.ts";
import { readStoredBoard, writeBoard } from "./stored_board.ts";
import { readStep, writeStep } from "./stored_step.ts";
import type { SavedGame, StoredGame } from "./schema.ts";

/** Converts a game to the form in which it is stored, with the playing time up to `now`. */
export function storeGame(game: Game, now: Moment): SavedGame {
  const { id, lineage, puzzle, position, past, future } = game;
  const { size, givens, origin, rating } = puzzle;
  const after = (index: number) => past[index + 1] ?? position;
  const before = (index: number) => future[index + 1] ?? position;
  const stored: StoredGame = {
    size,
    givens: givens.join(""),
    origin,
    rating,
    board: writeBoard(position),
    past: past.map((step, index) => writeStep(step, after(index))),
    future: future.map((step, index) => writeStep(step, before(index))),
    elapsed: elapsed(game.timer, now.time),
    startedOn: game.startedOn,
    finishedOn: game.finishedOn,
    hintsTaken: game.hintsTaken,
  };
  return { id, lineage, savedAt: now.time, game: stored };
}

/**
 * Restores a saved game. The restored game is paused.
 *
 * @throws {GameError} when the game was removed or is impossible
 */
export function openGame({ id, lineage, game: stored }: SavedGame): Game {
  if (stored === null) throw refusal("one that was removed");
  const puzzle = puzzleIn(stored);
  const position = readStoredBoard(stored.board, puzzle);
  const game: Game = Object.freeze({
    ...{ id, puzzle, position, lineage },
    past: readSteps(stored.past, position, puzzle),
    future: readSteps(stored.future, position, puzzle),
    timer: Object.freeze({ before: stored.elapsed, since: null }),
    startedOn: stored.startedOn,
    finishedOn: stored.finishedOn,
    hintsTaken: stored.hintsTaken,
  });
  requireEnd(game);
  return game;
}

function puzzleIn({ size, givens, origin, rating }: StoredGame): PlayedPuzzle {
  if (givens.length !== shapeOf(size).cellCount) throw refusal(`${givens.length} cells`);
  if ([...givens].some((given) => Number(given) > size)) throw refusal("a clue out of range");
  return puzzleOf(size, [...givens].map(Number), { origin, rating });
}

/**
 * Returns the boards of the history in their original order. The boards are read from last to
 * first, because each board is stored as its differences from the next board.
 */
function readSteps(
  steps: StoredGame["past"],
  position: Position,
  puzzle: PlayedPuzzle,
): readonly Position[] {
  const boards: Position[] = [];
  let next = position;
  for (const step of steps.toReversed()) {
    const board = readStep(step, next, puzzle);
    if (sameBoard(board, next)) throw refusal("a step that changes nothing");
    boards.push(board);
    next = board;
  }
  return Object.freeze(boards.reverse());
}

/**
 * Checks that a finished game ends with the solution, and that an unfinished game does not end with
 * the solution.
 */
function requireEnd({ puzzle: { solution }, position, future, finishedOn }: Game): void {
  const { values } = future[0] ?? position;
  const isSolved = values.every((value, cell) => value === solution[cell]);
  if (isSolved !== (finishedOn !== null)) throw refusal("an end that does not fit the board");
}

function refusal(found: string): GameError {
  return new GameError("not a game", `Opening a game: wanted one as it was saved; found ${found}.`);
}
