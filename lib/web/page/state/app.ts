/** Defines the page's state and its functions. Every component gets them from the context. */
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

/** A digit that the player wrote into a cell by hand and that could be either of two digits. */
export interface UnsureDigit {
  readonly cell: number;
  /** The two digits, the likelier one first. */
  readonly digits: readonly [number, number];
}

/**
 * The state of the page. Components read signals, and change them only through the functions here.
 */
export interface App {
  /** The game; null until the first puzzle is loaded. */
  readonly game: ReadonlySignal<Game | null>;
  readonly settings: ReadonlySignal<Settings>;
  readonly language: ReadonlySignal<Language>;
  readonly texts: ReadonlySignal<Texts>;
  /** The layer in which digits are entered. */
  readonly layer: Signal<Layer>;
  readonly dialog: Signal<DialogName | null>;
  /** True if the writing canvas covers the board. */
  readonly isWriting: Signal<boolean>;
  /** A handwritten digit that could be either of two digits; null if there is none. */
  readonly unsure: Signal<UnsureDigit | null>;
  /** The last announcement for screen readers. */
  readonly said: ReadonlySignal<string>;
  readonly saving: Saving;
  /** The reason why a link was refused; empty if none was refused. */
  readonly refused: ReadonlySignal<string>;
  /** The pages to print; null if nothing is being printed. */
  readonly printed: Signal<PrintJob | null>;
  readonly hint: HintState;
  readonly worker: TaskClient;
  /**
   * Additional workers, which look for a puzzle at the same time as the first one. The first puzzle
   * that is found is used.
   */
  readonly racers: readonly TaskClient[];
  readonly networks: NetworkClient;
  /** Carries out an action on the game, and announces it. */
  act(action: Action): void;
  /** Puts another game on the board. */
  play(game: Game): void;
  /** Starts a game with a puzzle. */
  start(puzzle: PlayedPuzzle): void;
  /** Starts a new game, such as the one in a link, and rates its puzzle if necessary. */
  startGame(game: Game): void;
  /** Shows why a link was refused. */
  refuse(error: unknown): void;
  /** Returns a unique name. */
  newId(): string;
  /** Moves the focus to the board. */
  focusBoard(): void;
  say(text: string): void;
  /** Returns a seed for a new puzzle, short enough to tell a friend. */
  newSeed(): string;
  /** Returns the current time by the page's clock. */
  now(): Date;
}

/** The context through which components get the page's state. It is set at the top of the page. */
export const AppContext = createContext<App | null>(null);

/** Returns the page's state, for the calling component. */
export function useApp(): App {
  const app = useContext(AppContext);
  if (app === null) throw new Error("A component is outside the page.");
  return app;
}
