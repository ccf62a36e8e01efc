/** Carries out the actions of the player. No other code changes the board of a game. */
import type { Action } from "./action.ts";
import { move, select } from "./choose.ts";
import { applyHint, clear, clearColours, enter, erase } from "./edit.ts";
import { type Game, isFinished, isPaused } from "./game.ts";
import { record, redo, undo } from "./history.ts";
import type { Moment } from "./moment.ts";
import { fillNotes, mendNotes, switchAutoNotes } from "./notes.ts";
import { changed, type Position } from "./position.ts";
import { paused, started } from "./timer.ts";

/**
 * Returns the game after an action. If the action changes nothing, then the same object is
 * returned. While a game is paused, no action changes its board. After a game is finished, only
 * undo and redo change its board.
 */
export function reduce(game: Game, action: Action, now: Moment): Game {
  switch (action.type) {
    case "pause":
      return withTimer(game, paused(game.timer, now.time));
    case "resume":
      return isFinished(game) ? game : withTimer(game, started(game.timer, now.time));
    case "rate":
      return Object.freeze({ ...game, puzzle: { ...game.puzzle, rating: action.rating } });
    case "select":
    case "move":
    case "highlight":
      return record(game, choose(game, action));
  }
  if (isPaused(game)) return game;
  if (action.type === "undo") return undo(game);
  if (action.type === "redo") return redo(game);
  if (isFinished(game)) return game;
  if (action.type === "countHint") {
    return Object.freeze({ ...game, hintsTaken: game.hintsTaken + 1 });
  }
  return finishing(record(game, edit(game, action)), now);
}

function withTimer(game: Game, timer: Game["timer"]): Game {
  return timer === game.timer ? game : Object.freeze({ ...game, timer: Object.freeze(timer) });
}

type Choice = Extract<Action, { type: "select" | "move" | "highlight" }>;

function choose({ position, puzzle: { size } }: Game, action: Choice): Position {
  switch (action.type) {
    case "select":
      return select(position, action, size);
    case "move":
      return move(position, action, size);
    case "highlight": {
      const { digit } = action;
      const isValid = Number.isInteger(digit) && digit >= 0 && digit <= size;
      return isValid ? changed(position, { highlight: digit }) : position;
    }
  }
}

type Edit = Exclude<
  Action,
  Choice | { type: "undo" | "redo" | "pause" | "resume" | "rate" | "countHint" }
>;

function edit({ position, puzzle }: Game, action: Edit): Position {
  switch (action.type) {
    case "enter":
      return enter(position, action, puzzle);
    case "erase":
      return erase(position, action.cells ?? position.selection, puzzle);
    case "autoNotes":
      return switchAutoNotes(position, action.on, puzzle.size);
    case "fillNotes":
      return fillNotes(position, puzzle.size);
    case "mendNotes":
      return mendNotes(position, puzzle.solution, puzzle.size);
    case "clearColours":
      return clearColours(position, puzzle);
    case "clear":
      return clear(position, puzzle);
    case "applyHint":
      return applyHint(position, action, puzzle);
  }
}

/**
 * Finishes the game if the board equals the solution. The clock of a finished game never starts
 * again.
 */
function finishing(game: Game, now: Moment): Game {
  const { puzzle: { solution }, position: { values } } = game;
  if (!values.every((value, cell) => value === solution[cell])) return game;
  const timer = Object.freeze(paused(game.timer, now.time));
  return Object.freeze({ ...game, timer, finishedOn: now.date });
}
