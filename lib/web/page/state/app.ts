/** The page's state and what can be done with it; every component gets it from the context. */
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

/** The dialogs of the page. */
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

/** A digit that was written into a cell and read as one of two. */
export interface UnsureDigit {
  readonly cell: number;
  /** The likeliest first. */
  readonly digits: readonly [number, number];
}

/** The state of the page. Components read signals, and change them only by the functions here. */
export interface App {
  /** Null until the first puzzle is there. */
  readonly game: ReadonlySignal<Game | null>;
  readonly settings: ReadonlySignal<Settings>;
  readonly language: ReadonlySignal<Language>;
  readonly texts: ReadonlySignal<Texts>;
  /** What digits are entered as. */
  readonly layer: Signal<Layer>;
  readonly dialog: Signal<DialogName | null>;
  /** Whether the writing canvas lies over the board. */
  readonly isWriting: Signal<boolean>;
  /** A written digit that could be one of two. */
  readonly unsure: Signal<UnsureDigit | null>;
  /** The last announcement, for screen readers. */
  readonly said: ReadonlySignal<string>;
  readonly saving: Saving;
  /** Why a link was refused; empty if none was. */
  readonly refused: ReadonlySignal<string>;
  /** The sheets to print; null while nothing is printed. */
  readonly printed: Signal<PrintJob | null>;
  readonly hint: HintState;
  readonly worker: TaskClient;
  /** More workers, which make a puzzle at once with the first: the quickest counts. */
  readonly racers: readonly TaskClient[];
  readonly networks: NetworkClient;
  /** Carries out an action on the game, and says so. */
  act(action: Action): void;
  /** Puts another game on the board. */
  play(game: Game): void;
  /** Starts a game of a puzzle. */
  start(puzzle: PlayedPuzzle): void;
  /** Starts a game that a link holds. */
  startGame(game: Game): void;
  /** Says why something from outside was refused. */
  refuse(error: unknown): void;
  /** Returns a text that no other game has. */
  newId(): string;
  /** Takes the focus to the board. */
  focusBoard(): void;
  say(text: string): void;
  /** A seed for a new puzzle, short enough to be told to a friend. */
  newSeed(): string;
  /** Now, by the clock of the page. */
  now(): Date;
}

/** Set at the top of the page. */
export const AppContext = createContext<App | null>(null);

/** Returns the state of the page that a component is in. */
export function useApp(): App {
  const app = useContext(AppContext);
  if (app === null) throw new Error("A component stands outside of the page.");
  return app;
}
