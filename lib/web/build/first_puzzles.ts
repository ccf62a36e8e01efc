/**
 * Puzzles for the first visit, made when the page is built, so that there is a board to play on
 * before the worker has started.
 */
import { doTask } from "../game/tasks/do_task.ts";

/** Two visitors beside each other needn't have the same one. */
const COUNT = 8;

/** Returns a script that leaves easy puzzles for the page, as their seeds make them anywhere. */
export function firstPuzzlesScript(): string {
  const puzzles = Array.from(
    { length: COUNT },
    (_, index) => doTask("generate", { size: 9, level: "easy", seed: `${index + 1}` }),
  );
  return `globalThis.sudoganFirst=${JSON.stringify(puzzles)};`;
}
