/**
 * Creates the text that a screen reader announces after an action. The game before the action is
 * compared with the game after the action to find out what has changed.
 */
import { type Action, conflictsOf, type Game, isFinished, remainingOf } from "../../game/mod.ts";
import type { Texts } from "../texts.ts";
import { clockTime } from "./clock_time.ts";

/**
 * Returns the text to announce. The text is empty if nothing needs to be announced, for example
 * because the screen reader already reads the name of the focused cell.
 */
export function announce(action: Action, before: Game, after: Game, texts: Texts): string {
  const { said } = texts;
  if (after === before) return "";
  if (isFinished(after) && !isFinished(before)) {
    return said.solved(clockTime(after.timer.before));
  }
  switch (action.type) {
    case "enter":
      return entered(action, before, after, texts);
    case "erase":
      return said.erased;
    case "undo":
      return said.undone;
    case "redo":
      return said.redone;
    case "autoNotes":
      return said.autoNotes(action.on);
    case "pause":
      return said.paused;
    case "resume":
      return said.resumed;
    case "select":
      return after.position.selection.length > 1
        ? said.selected(after.position.selection.length)
        : "";
    default:
      return "";
  }
}

function entered(
  { as, digit }: Extract<Action, { type: "enter" }>,
  before: Game,
  after: Game,
  { said, board }: Texts,
): string {
  if (as === "colour") return said.color(board.colors[digit - 1]);
  if (as !== "value") return said.note(digit);
  const [was, left] = [before, after].map(({ position, puzzle }) =>
    remainingOf(position.values, puzzle.size)[digit - 1]
  );
  if (left > was) return said.erased;
  const text = said.entered(digit, left);
  const isDouble = conflictsOf(after).some((conflict) => conflict.digit === digit);
  return isDouble ? `${text}. ${said.conflict(digit)}` : text;
}
