/** Continues the puzzle of a given day where the player left off. */
import type { Level } from "../../../sudoku/mod.ts";
import { openGame } from "../../game/mod.ts";
import type { App } from "./app.ts";

/**
 * Puts the saved game of a given day and level on the board. Returns false if there is no such
 * game.
 */
export function playDaily(app: App, date: string, level: Level): boolean {
  app.saving.save();
  const saved = app.saving.games().find(({ game }) =>
    game?.origin.kind === "daily" && game.origin.date === date && game.origin.level === level
  );
  if (saved === undefined) return false;
  app.play(openGame(saved));
  app.dialog.value = null;
  return true;
}
