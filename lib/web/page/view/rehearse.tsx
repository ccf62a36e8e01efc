/// <reference lib="dom" />
/**
 * Rehearses the first key presses while the player is still looking at the board. A browser
 * compiles a function only when it is first called. Without a rehearsal, the first key press would
 * have to wait for this.
 */
import { render } from "preact";
import { type Action, emptyCells, type Game, momentOf, reduce } from "../../game/mod.ts";
import { commandOf } from "../input/keys.ts";
import { announce } from "../state/announce.ts";
import type { App } from "../state/app.ts";
import { cellViews } from "../state/cell_views.ts";
import { BoardCell } from "./cell.tsx";

/** The time in milliseconds between two steps. A key that is pressed meanwhile waits for one. */
const STEP_MS = 30;

/**
 * Carries out several actions on a copy of the game, and draws the results on a row that is not on
 * the page. Neither the game nor the page changes.
 */
export function rehearse(app: App): void {
  const first = app.game.value;
  if (first === null || emptyCells(first) === 0) return;
  const row = document.createElement("div");
  let game = first;
  const steps = actionsOn(first).map((action) => () => {
    commandOf(key, true);
    const before = game;
    game = reduce(before, action, momentOf(app.now()));
    announce(action, before, game, app.texts.value);
    drawRow(app, game, row);
  });
  [...steps, () => render(null, row)].forEach((step, index) => setTimeout(step, index * STEP_MS));
}

/** Returns actions that together run most of the code that a key press can run. */
function actionsOn({ position }: Game): readonly Action[] {
  const cells = [position.values.indexOf(0)];
  return [
    { type: "autoNotes", on: !position.autoNotes },
    { type: "select", cells, how: "replace" },
    { type: "move", to: "right" },
    { type: "enter", as: "centre", digit: 1, cells },
    { type: "enter", as: "corner", digit: 2, cells },
    { type: "enter", as: "value", digit: 3, cells },
    { type: "undo" },
    { type: "redo" },
    { type: "erase", cells },
  ];
}

const key = Object.freeze({
  key: "a",
  code: "KeyA",
  shiftKey: false,
  altKey: false,
  command: false,
});

function drawRow({ settings, texts }: App, game: Game, row: HTMLElement): void {
  const { size } = game.puzzle;
  const views = cellViews(game, settings.value).slice(0, size);
  const given = { size, texts: texts.value, kind: settings.value.digits, salt: 0 };
  render(<>{views.map((view) => <BoardCell key={view.cell} view={view} {...given} />)}</>, row);
}
