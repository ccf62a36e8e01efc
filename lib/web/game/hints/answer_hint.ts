/** Gives hints that are based on the player's digits and notes. */
import {
  Board,
  type Candidate,
  describeStep,
  gridOf,
  nextStep,
  type Step,
} from "../../../sudoku/mod.ts";
import type { Game } from "../play/game.ts";
import { bitOf, candidatesInGame, notesOf } from "../play/notes.ts";
import { drawStep } from "./draw_step.ts";
import { describeInFrench } from "./french/describe_step.ts";
import { frenchName } from "./french/technique_names.ts";
import type { Hint, HintAnswer, HintQuestion } from "./hint.ts";
import { placeToLook } from "./place_to_look.ts";

/**
 * Returns the question that asks for a hint. The question contains the current digits and notes.
 * While automatic notes are off, a cell without notes counts as having all its candidates. While
 * automatic notes are on, a cell without notes counts as having no candidates, because the player
 * must have crossed out all of them.
 */
export function hintQuestion({ position, puzzle: { size, solution } }: Game): HintQuestion {
  const { values, autoNotes } = position;
  const candidates = candidatesInGame(values, size);
  const notes = notesOf(position, size).map((mask, cell) =>
    mask === 0 && !autoNotes ? candidates[cell] : mask
  );
  return { size, values, notes, solution };
}

/**
 * Answers with the easiest step. If the player has made mistakes, then the answer points out
 * mistakes instead, because they must be corrected first.
 */
export function answerHint({ size, values, notes, solution }: HintQuestion): HintAnswer {
  const cells = Array.from(solution.keys());
  const wrong = cells.filter((cell) => values[cell] !== 0 && values[cell] !== solution[cell]);
  if (wrong.length > 0) return { kind: "wrong values", cells: wrong };
  const empty = cells.filter((cell) => values[cell] === 0);
  if (empty.length === 0) return { kind: "full" };
  const lacking = empty.filter((cell) => !(notes[cell] & bitOf(solution[cell])));
  if (lacking.length > 0) return { kind: "wrong notes", cells: lacking };
  const board = Board.withNotes(gridOf(size, values), notes);
  const step = nextStep(board);
  if (step !== undefined) return { kind: "hint", hint: hintOf(step, board) };
  return { kind: "stuck", digit: easiestDigit(board, solution) };
}

/** Returns the hint that explains a step. */
export function hintOf(step: Step, board: Board): Hint {
  return {
    where: placeToLook(step),
    technique: step.technique,
    rating: step.rating,
    drawing: drawStep(step, board),
    sentence: describeStep(step),
    french: { technique: frenchName(step.technique), sentence: describeInFrench(step) },
    step,
  };
}

/** Returns the correct digit of the empty cell that has the fewest candidates. */
function easiestDigit({ candidates, values }: Board, solution: readonly number[]): Candidate {
  const count = (mask: number) => mask.toString(2).replaceAll("0", "").length;
  const empty = Array.from(values.keys()).filter((cell) => values[cell] === 0);
  const cell = empty.reduce((best, other) =>
    count(candidates[other]) < count(candidates[best]) ? other : best
  );
  return { cell, digit: solution[cell] };
}
