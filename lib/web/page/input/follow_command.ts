/** Carries out the commands that the player gives with keys and buttons. */
import { isPaused } from "../../game/mod.ts";
import type { App } from "../state/app.ts";
import type { Command } from "./keys.ts";

/** Carries out a command that concerns the game or the page. */
export function followCommand(app: App, command: Command): void {
  const game = app.game.value;
  if (command.do === "newGame" || command.do === "help") {
    app.dialog.value = command.do;
    return;
  }
  if (game === null) return;
  const { cursor, selection, values, autoNotes, highlight } = game.position;
  switch (command.do) {
    case "act":
      return app.act(command.action);
    case "digit":
      return enterDigit(app, command.digit, command.layer ?? app.layer.value);
    case "layer":
      app.layer.value = command.layer;
      return app.say(app.texts.value.said.layer(app.texts.value.layer[command.layer]));
    case "hint":
      return app.hint.more();
    case "pause":
      return app.act({ type: isPaused(game) ? "resume" : "pause" });
    case "autoNotes":
      return app.act({ type: "autoNotes", on: !autoNotes });
    case "digits":
      return nextKind(app);
    case "highlight": {
      const digit = values[cursor];
      return app.act({ type: "highlight", digit: digit === highlight ? 0 : digit });
    }
    case "write":
      app.isWriting.value = !app.isWriting.value;
      app.unsure.value = null;
      return app.say(app.texts.value.writing.said(app.isWriting.value));
    case "all":
      return app.act({ type: "select", cells: [...values.keys()], how: "replace" });
    case "none":
      return app.act({ type: "select", cells: [], how: "replace" });
    case "toggle": {
      const isOnly = selection.length === 1 && selection[0] === cursor;
      return app.act({ type: "select", cells: [cursor], how: isOnly ? "remove" : "toggle" });
    }
  }
}

/**
 * Enters a digit into the selected cells. If no cell is selected, then the digit is highlighted on
 * the whole board instead. If the digit is already highlighted, the highlight is removed.
 */
export function enterDigit(app: App, digit: number, as: App["layer"]["value"]): void {
  const game = app.game.value;
  if (game === null || (as !== "colour" && digit > game.puzzle.size)) return;
  if (game.position.selection.length === 0) {
    const isLit = game.position.highlight === digit;
    return app.act({ type: "highlight", digit: isLit || as === "colour" ? 0 : digit });
  }
  app.act({ type: "enter", as, digit, cleanNotes: app.settings.value.cleanNotes });
}

function nextKind(app: App): void {
  const kinds = ["clear", "raw", "plain"] as const;
  const { digits } = app.settings.value;
  const next = kinds[(kinds.indexOf(digits) + 1) % kinds.length];
  app.saving.set({ digits: next });
  app.say(app.texts.value.settings.kinds[next]);
}
