/**
 * Defines the state of the page and the functions that change the state. Every component gets the
 * state and these functions from the context.
 */
import type { ReadonlySignal, Signal } from "@preact/signals";
import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { Action, Game, Layer, PlayedPuzzle, TaskClient } from "../../game/mod.ts";
import type { NetworkClient } from "../networks/network_client.ts";
import type { Language, Texts } from "../texts.ts";
import type { PrintJob } from "./print_job.ts";
import type { HintState } from "./hint_state.ts";
import type { Settings } from "../../game/mod.ts";
import type { Saving } from "./saving.ts";

/** The names of the page's dialogs. */
export type DialogName =
  | "menu"
  | "newGame"
  | "daily"
  | "own"
  | "games"
  | "statistics"
  | "share"
  | "print"
  | "settings"
  | "help"
  | "explain"
  | "made"
  | "data";

/**
 * A handwritten digit that could be read as either of two digits, and the cell in which it was
 * written.
 */
export interface UnsureDigit {
  readonly cell: number;
  /** The two possible digits. The more likely digit comes first. */
  readonly digits: readonly [number, number];
}

/**
 * The state of the page. Components may read all of these signals, but may change only those of
 * type `Signal`. A `ReadonlySignal` is changed only by the page's functions.
 */
export interface App {
  /** The game on the board; null until the first puzzle is loaded. */
  readonly game: ReadonlySignal<Game | null>;
  readonly settings: ReadonlySignal<Settings>;
  readonly language: ReadonlySignal<Language>;
  readonly texts: ReadonlySignal<Texts>;
  /** The layer into which the player enters digits. */
  readonly layer: Signal<Layer>;
  readonly dialog: Signal<DialogName | null>;
  /** Whether the writing canvas covers the board. */
  readonly isWriting: Signal<boolean>;
  /** The handwritten digit that could be either of two digits; null if there is no such digit. */
  readonly unsure: Signal<UnsureDigit | null>;
  /** The last text that was announced to screen readers. */
  readonly said: ReadonlySignal<string>;
  readonly saving: Saving;
  /** The reason why a link was refused; empty if no link was refused. */
  readonly refused: ReadonlySignal<string>;
  /** The current print job; null if nothing is being printed. */
  readonly printed: Signal<PrintJob | null>;
  readonly hint: HintState;
  readonly worker: TaskClient;
  /**
   * Additional workers. When the player asks for a new puzzle, these workers look for a puzzle at
   * the same time as `worker`. The page uses the first puzzle that any of the workers finds.
   */
  readonly racers: readonly TaskClient[];
  readonly networks: NetworkClient;
  /** Performs an action on the game, and announces the result. */
  act(action: Action): void;
  /** Replaces the game on the board with the given game. */
  play(game: Game): void;
  /** Starts a new game with the given puzzle. */
  start(puzzle: PlayedPuzzle): void;
  /**
   * Starts the given new game, such as the game in a link. If the new game's puzzle has no rating
   * yet, this function also rates the puzzle.
   */
  startGame(game: Game): void;
  /** Shows the reason why a link was refused. */
  refuse(error: unknown): void;
  /** Returns a unique id. */
  newId(): string;
  /** Moves the focus to the board. */
  focusBoard(): void;
  say(text: string): void;
  /**
   * Returns a seed for a new puzzle. The seed is short, so that the player can tell it to a friend.
   */
  newSeed(): string;
  /** Returns the current date and time. */
  now(): Date;
}

/** The context from which components get the state of the page. {@linkcode useApp} reads it. */
export const AppContext = createContext<App | null>(null);

/** Returns the state of the page. Call this function only while a component is being rendered. */
export function useApp(): App {
  const app = useContext(AppContext);
  if (app === null) throw new Error("A component is outside the page.");
  return app;
}
