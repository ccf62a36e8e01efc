/**
 * Implements the game without its page. The state of a game is immutable. Functions apply actions
 * to it, or compute what the page shows.
 *
 * - **Play.** `newGame(puzzle, name, now)` starts a game with its clock running;
 *   `reduce(game, action, now)` returns the game after an {@linkcode Action}. `now` is
 *   `momentOf(new Date())`, and `name` is a new name from
 *   `nameOfPuzzle(crypto.getRandomValues(new Uint8Array(8)))`.
 *   `reduce` returns the same object if nothing changes. Undo and redo are actions. A loaded game
 *   is paused, and ignores edits until the action "resume".
 * - **Show.** `game.position` holds values, corner marks, colours, selection, cursor and highlight;
 *   `notesOf(position, size)` returns the centre notes to show (automatic or not), and
 *   `digitsIn(mask)` lists the digits of a mask. `conflictsOf`, `mistakesOf`, `remainingOf`,
 *   `highlightOf`, `emptyCells`, `elapsed(game.timer, now.time)`, `isPaused` and `isFinished`
 *   return everything else that the page shows.
 * - **Work.** `new TaskClient(() => new Worker(…)).ask(kind, ask, { signal, onProgress })` sends a
 *   task to the worker (worker.ts, bundled as one classic script): to generate, read, rate, explain
 *   or give a hint (`ask("hint", hintQuestion(game))`). {@linkcode Tasks} lists all kinds. A hint
 *   is shown in three steps: `where`, `technique`, then `drawing` with `sentence` (`french` has the
 *   words in French). Dispatch "countHint" when it is shown, and "applyHint" with the drawing's
 *   placements and removals when the player accepts it. {@linkcode askFirst} with two or three
 *   clients and seeds makes a new puzzle faster.
 * - **Keep.** `new Store(() => localStorage, name)` reads the stored data, and works even if
 *   storing is forbidden. Call `game = store.save(game, now)` after changes and when the page is
 *   hidden, and continue with the returned game. `store.state` may be "full" or "forbidden".
 *   `store.games` lists games for {@linkcode openGame}. On a `storage` event, call
 *   `store.receive(event.key)`, then open `store.newer(game)` if it is defined and the open game is
 *   not changed; see {@linkcode isPlayedOn} and {@linkcode hasSamePlay}.
 *   `statisticsOf(store.saves.results)` and `streakOf(store.saves.results, now.date)` compute
 *   statistics. `exportSaves(store.saves)` returns the string to download, and
 *   `store.import(await client.ask("readExport", { text }))` imports such a string.
 * - **Share.** Assign `linkToPuzzle(puzzle)` or `linkToGame(game, now)` to `location.hash`;
 *   `openLink(location.hash, name, now)` starts the game in a link.
 *
 * A refused link, import or puzzle throws a {@linkcode GameError}, whose `code` says which text the
 * page should show. Nothing here accesses a clock, storage or the network on its own.
 *
 * @module
 */
export type { Action, Direction, Layer } from "./play/action.ts";
export { type Game, isFinished, isPaused, newGame } from "./play/game.ts";
export { levelsOn } from "./play/levels_on.ts";
export { type Moment, momentOf } from "./play/moment.ts";
export { nameOfPuzzle } from "./play/name.ts";
export { candidatesInGame, digitsIn, notesOf } from "./play/notes.ts";
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
export { readOwnPuzzle } from "./play/read_puzzle.ts";
export { reduce } from "./play/reduce.ts";
export { elapsed, type Timer } from "./play/timer.ts";
export { GameError, type GameErrorCode } from "./game_error.ts";
export { hintQuestion } from "./hints/answer_hint.ts";
export type {
  Arrow,
  Hint,
  HintAnswer,
  HintClaim,
  HintQuestion,
  PlaceToLook,
  Stage,
  StepDrawing,
  Walkthrough,
} from "./hints/hint.ts";
export { type AskOptions, TaskClient, type WorkerPort } from "./tasks/client.ts";
export { askFirst } from "./tasks/race.ts";
export type { TaskKind, TaskMessage, TaskReply, Tasks } from "./tasks/task.ts";
export { exportSaves } from "./saves/exchange.ts";
export { hasSamePlay, isPlayedOn } from "./saves/same_play.ts";
export type { Result, SavedGame } from "./saves/schema.ts";
export type { Saves } from "./saves/saves.ts";
export { defaultSettings, type Settings } from "./saves/settings.ts";
export { type Statistics, statisticsOf } from "./saves/statistics.ts";
export type { StoreState, TextStorage } from "./saves/guarded_storage.ts";
export { Store } from "./saves/store.ts";
export { openGame } from "./saves/stored_game.ts";
export { daysBetween, nextDay, solvedDays, type Streak, streakOf } from "./saves/streak.ts";
export { isLink, linkToGame, linkToPuzzle, openLink } from "./links/link.ts";
