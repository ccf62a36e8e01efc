/** Makes several puzzles similar to a given one, one after the other in the worker. */
import type { PlayedPuzzle } from "../../game/mod.ts";
import type { App } from "../state/app.ts";

export interface MakePuzzlesOptions {
  readonly signal: AbortSignal;
  /** Called with the fraction of the work that is done. */
  readonly onProgress: (share: number) => void;
}

/** Returns puzzles of the same size and level, or null if the task was stopped. */
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
