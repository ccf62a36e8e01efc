/** The game that the page opens with: the one played last, else a first easy one. */
import { openGame } from "../../game/mod.ts";
import type { App } from "./app.ts";

/** Puts a game on the board. */
export async function firstGame(app: App): Promise<void> {
  for (const saved of app.saving.games()) {
    try {
      return app.play(openGame(saved));
    } catch {
      // A damaged game stays where it is; the one before may be whole.
    }
  }
  const { size, level } = app.settings.value;
  app.start(await app.worker.ask("generate", { size, level, seed: app.newSeed() }));
}
