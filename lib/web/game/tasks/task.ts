/** The tasks of the worker and their answers. All of them survive `postMessage`. */
import type { Level, Size } from "../../../sudoku/mod.ts";
import type { GameErrorCode } from "../game_error.ts";
import type { HintAnswer, HintQuestion, Walkthrough } from "../hints/hint.ts";
import type { PlayedPuzzle, PuzzleRating } from "../play/puzzle.ts";
import type { Saves } from "../saves/saves.ts";

/** By kind of task: the question and the answer. */
export interface Tasks {
  /** Makes a puzzle of a level: the same for the same size, level and seed. */
  readonly generate: {
    readonly ask: { readonly size: Size; readonly level: Level; readonly seed: string };
    readonly answer: PlayedPuzzle;
  };
  /** Makes the puzzle of a day. */
  readonly daily: {
    readonly ask: { readonly date: string; readonly level: Level };
    readonly answer: PlayedPuzzle;
  };
  /** Reads a typed or pasted puzzle, and refuses what hasn't exactly one solution. */
  readonly read: { readonly ask: { readonly text: string }; readonly answer: PlayedPuzzle };
  /** Rates a puzzle. */
  readonly rate: {
    readonly ask: { readonly size: Size; readonly givens: readonly number[] };
    readonly answer: PuzzleRating;
  };
  /** Gives a hint. */
  readonly hint: { readonly ask: HintQuestion; readonly answer: HintAnswer };
  /** Solves a puzzle step by step. */
  readonly explain: {
    readonly ask: { readonly size: Size; readonly givens: readonly number[] };
    readonly answer: Walkthrough;
  };
  /** Reads an export and opens every game in it. */
  readonly readExport: { readonly ask: { readonly text: string }; readonly answer: Saves };
}

/** The name of a kind of task. */
export type TaskKind = keyof Tasks;

/** A message to the worker. */
export type TaskMessage = {
  readonly [Kind in TaskKind]: {
    readonly id: number;
    readonly kind: Kind;
    readonly ask: Tasks[Kind]["ask"];
  };
}[TaskKind];

/** A message from the worker. */
export type TaskReply =
  /** Work goes on. `of` is null where the end is not in sight. */
  | {
    readonly id: number;
    readonly kind: "progress";
    readonly done: number;
    readonly of: number | null;
  }
  | { readonly id: number; readonly kind: "answer"; readonly answer: unknown }
  /** What was asked is refused; see {@linkcode GameError}. */
  | {
    readonly id: number;
    readonly kind: "refused";
    readonly code: GameErrorCode;
    readonly message: string;
  }
  /** A fault of ours. */
  | { readonly id: number; readonly kind: "failed"; readonly message: string };
