/**
 * Implements the game, but not the page that shows it. The state of a game is immutable. Functions
 * apply actions to the state, or compute what the page shows.
 *
 * - **Play.** `newGame(puzzle, name, now)` starts a game and its clock. `reduce(game, action, now)`
 *   returns the game after an {@linkcode Action}. If the action changes nothing, then `reduce`
 *   returns the same object. Undo and redo are actions. For `now`, pass `momentOf(new Date())`. For
 *   `name`, pass a new name from `nameOfPuzzle(crypto.getRandomValues(new Uint8Array(8)))`. A
 *   loaded game is paused, and ignores edits until you dispatch the action "resume".
 * - **Show.** `game.position` holds the digits, the corner marks, the colours, the selection, the
 *   cursor and the highlight. `notesOf(position, size)` returns the centre notes to show, whether
 *   automatic notes are on or off. `digitsIn(mask)` lists the digits in a bit mask. `conflictsOf`,
 *   `mistakesOf`, `remainingOf`, `highlightOf`, `emptyCells`, `elapsed(game.timer, now.time)`,
 *   `isPaused` and `isFinished` return everything else that the page shows.
 * - **Work.** `new TaskClient(() => new Worker(…)).ask(kind, ask, { signal, onProgress })` sends a
 *   task to the worker (worker.ts, which is bundled as one classic script). A task generates,
 *   reads, rates or explains a puzzle, or gives a hint (`ask("hint", hintQuestion(game))`). The
 *   type {@linkcode Tasks} lists all kinds of tasks. A hint is shown in three steps: first `where`,
 *   then `technique`, and finally `drawing` with `sentence` (`french` has the words in French).
 *   Dispatch the action "countHint" when the hint is shown. If the player accepts the hint, then
 *   dispatch "applyHint" with the placements and removals of the drawing. To get a new puzzle
 *   sooner, call {@linkcode askFirst} with two or three clients and a different seed for each.
 * - **Keep.** `new Store(() => localStorage, name)` reads the stored data. The store works even if
 *   the browser forbids storage. Call `game = store.save(game, now)` after changes and when the
 *   page is hidden, and continue with the returned game. `store.state` is "full" or "forbidden" if
 *   the data could not be stored. `store.games` lists the games that {@linkcode openGame} can open.
 *   On a `storage` event, call `store.receive(event.key)`. After that, if `store.newer(game)`
 *   returns a saved game and the open game has not changed (see {@linkcode isPlayedOn} and
 *   {@linkcode hasSamePlay}), open the saved game. `statisticsOf(store.saves.results)` and
 *   `streakOf(store.saves.results, now.date)` compute statistics. `exportSaves(store.saves)`
 *   returns a string for the player to download, and `store.import(await client.ask("readExport", {
 *   text }))` imports such a string.
 * - **Share.** To share a game, assign `linkToPuzzle(puzzle)` or `linkToGame(game, now)` to
 *   `location.hash`. `openLink(location.hash, name, now)` starts the game that a link contains.
 *
 * A refused link, import or puzzle throws a {@linkcode GameError}, whose `code` says which text the
 * page should show. Nothing here accesses a clock, storage or the network by itself.
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
