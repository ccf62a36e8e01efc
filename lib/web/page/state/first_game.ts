/**
 * Chooses the game with which the page starts. If the page's address contains a link to a game,
 * then the page starts with that game. Otherwise, the page continues the game that was played last.
 * If there is no such game, then the page starts with a new puzzle.
 */
import { isLink, momentOf, openGame, openLink, type PlayedPuzzle } from "../../game/mod.ts";
import type { Level, Size } from "../../../sudoku/mod.ts";
import type { App } from "./app.ts";

/**
 * Puts the first game on the board.
 *
 * @param fragment the part of the page's address that starts with `#`
 */
export async function firstGame(app: App, fragment: string): Promise<void> {
  if (playLink(app, fragment)) return;
  for (const saved of app.saving.games()) {
    try {
      return app.play(openGame(saved));
    } catch {
      // A damaged game stays in the storage, and the one before it may be intact.
    }
  }
  const { size, level } = app.settings.value;
  const isUsual = size === 9 && level === "easy";
  const made = isUsual ? null : await makePuzzle(app, size, level);
  app.start(made ?? firstPuzzle(app.now()));
}

/** Makes a puzzle of the level played last; null if there is none, or no worker. */
async function makePuzzle(app: App, size: Size, level: Level): Promise<PlayedPuzzle | null> {
  try {
    return await app.worker.ask("generate", { size, level, seed: app.newSeed() });
  } catch {
    return null;
  }
}

/** Returns one of the puzzles that the build wrote before the page's script. */
function firstPuzzle(now: Date): PlayedPuzzle {
  const { sudoganFirst } = globalThis as unknown as { sudoganFirst: readonly PlayedPuzzle[] };
  return sudoganFirst[now.getTime() % sudoganFirst.length];
}

/**
 * Puts the game from a link on the board. Returns false if the fragment is not a link, or if the
 * link is refused.
 */
export function playLink(app: App, fragment: string): boolean {
  if (!isLink(fragment)) return false;
  try {
    app.startGame(openLink(fragment, app.newId(), momentOf(app.now())));
    return true;
  } catch (error) {
    app.refuse(error);
    return false;
  }
}
