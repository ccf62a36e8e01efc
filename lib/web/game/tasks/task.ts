/**
 * Defines the tasks that the page sends to the worker, and the worker's answers. All of them can be
 * sent with `postMessage`.
 */
import type { Level, Size } from "../../../sudoku/mod.ts";
import type { GameErrorCode } from "../game_error.ts";
import type { HintAnswer, HintQuestion, Walkthrough } from "../hints/hint.ts";
import type { PlayedPuzzle, PuzzleRating } from "../play/puzzle.ts";
import type { Saves } from "../saves/saves.ts";

/** The question (`ask`) and the answer for each kind of task. */
export interface Tasks {
  /** Makes a puzzle of the given size and level. The same question always gives the same puzzle. */
  readonly generate: {
    readonly ask: { readonly size: Size; readonly level: Level; readonly seed: string };
    readonly answer: PlayedPuzzle;
  };
  readonly daily: {
    readonly ask: { readonly date: string; readonly level: Level };
    readonly answer: PlayedPuzzle;
  };
  /** Reads a puzzle that the player typed or pasted. The puzzle must have exactly one solution. */
  readonly read: { readonly ask: { readonly text: string }; readonly answer: PlayedPuzzle };
  readonly rate: {
    readonly ask: { readonly size: Size; readonly givens: readonly number[] };
    readonly answer: PuzzleRating;
  };
  readonly hint: { readonly ask: HintQuestion; readonly answer: HintAnswer };
  /** Solves a puzzle step by step. */
  readonly explain: {
    readonly ask: { readonly size: Size; readonly givens: readonly number[] };
    readonly answer: Walkthrough;
  };
  /** Reads an export and opens every game in the export. */
  readonly readExport: { readonly ask: { readonly text: string }; readonly answer: Saves };
}

/** The name of a kind of task, such as "generate". */
export type TaskKind = keyof Tasks;

/** A message from the page to the worker. */
export type TaskMessage = {
  readonly [Kind in TaskKind]: {
    readonly id: number;
    readonly kind: Kind;
    readonly ask: Tasks[Kind]["ask"];
  };
}[TaskKind];

/** A message from the worker to the page. */
export type TaskReply =
  /** Reports the progress of a task. `of` is null if the total is unknown. */
  | {
    readonly id: number;
    readonly kind: "progress";
    readonly done: number;
    readonly of: number | null;
  }
  | { readonly id: number; readonly kind: "answer"; readonly answer: unknown }
  /** Tells the page that the request was refused; see {@linkcode GameError}. */
  | {
    readonly id: number;
    readonly kind: "refused";
    readonly code: GameErrorCode;
    readonly message: string;
  }
  | { readonly id: number; readonly kind: "failed"; readonly message: string };
