/**
 * The game without its page: a state that never changes, actions, and functions of both.
 *
 * - **Play.** `newGame(puzzle, crypto.randomUUID(), now)` starts a game, running; `reduce(game,
 *   action, now)` returns the game after an {@linkcode Action}, with `now = momentOf(new Date())`.
 *   The same object comes back where nothing changes. Undo and redo are actions. A game that was
 *   loaded is paused, and ignores edits until the action "resume".
 * - **Show.** `game.position` holds values, corner marks, colours, selection, cursor and highlight;
 *   `notesOf(position, size)` the centre notes to show (automatic or not); `digitsIn(mask)` lists a
 *   mask. `conflictsOf`, `mistakesOf`, `remainingOf`, `highlightOf`, `emptyCells`,
 *   `elapsed(game.timer, now.time)`, `isPaused`, `isFinished` say the rest.
 * - **Work.** `new TaskClient(() => new Worker(…)).ask(kind, ask, { signal, onProgress })` has the
 *   worker (worker.ts, bundled as one classic script) generate, read, rate, explain or give a hint
 *   (`ask("hint", hintQuestion(game))`).
 *   Refusals are a {@linkcode GameError} with a `code` for the page's texts.
 *
 * Nothing here reads a clock, a store or the network by itself, and nothing touches a page.
 *
 * @module
 */
export { type Action, type Direction, type Layer } from "./play/action.ts";
export { type Game, isFinished, isPaused, newGame } from "./play/game.ts";
export { type Moment, momentOf } from "./play/moment.ts";
export { digitsIn, notesOf } from "./play/notes.ts";
export {
  type ConflictPair,
  conflictsOf,
  emptyCells,
  type Highlight,
  highlightOf,
  mistakesOf,
  remainingOf,
} from "./play/observe.ts";
export { COLOUR_COUNT, type Position } from "./play/position.ts";
export { type Origin, type PlayedPuzzle, puzzleOf, type PuzzleRating } from "./play/puzzle.ts";
export { readPuzzle } from "./play/read_puzzle.ts";
export { reduce } from "./play/reduce.ts";
export { elapsed, type Timer } from "./play/timer.ts";
export { GameError, type GameErrorCode } from "./game_error.ts";
export type {
  Arrow,
  Claim,
  Drawing,
  Hint,
  HintAnswer,
  HintQuestion,
  Place,
  Stage,
  Walkthrough,
} from "./hints/hint.ts";
export { hintQuestion } from "./hints/answer_hint.ts";
export { type AskOptions, TaskClient, type WorkerPort } from "./tasks/client.ts";
export type { TaskKind, TaskMessage, TaskReply, Tasks } from "./tasks/task.ts";
