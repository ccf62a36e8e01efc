/**
 * Makes several puzzles that have the same size and level as a given puzzle. The worker makes one
 * puzzle after another.
 */
import type { PlayedPuzzle } from "../../game/mod.ts";
import type { App } from "../state/app.ts";

export interface MakePuzzlesOptions {
  readonly signal: AbortSignal;
  /** Called before each puzzle with the fraction of the puzzles that have been finished so far. */
  readonly onProgress: (share: number) => void;
}

/**
 * Returns `count` puzzles that have the same size and level as the given puzzle. Returns null if
 * the task was stopped or if it failed.
 */
export async function makePuzzles(
  app: App,
  { size, origin, rating }: PlayedPuzzle,
  count: number,
  { signal, onProgress }: MakePuzzlesOptions,
): Promise<readonly PlayedPuzzle[] | null> {
  const level = "level" in origin ? origin.level : rating?.level ?? "easy";
  const made: PlayedPuzzle[] = [];
  try {
    while (made.length < count) {
      onProgress(made.length / count);
      made.push(await app.worker.ask("generate", { size, level, seed: app.newSeed() }, { signal }));
    }
    return made;
  } catch (error) {
    if (!signal.aborted) app.say(app.texts.value.said.failed(String(error)));
    return null;
  }
}
