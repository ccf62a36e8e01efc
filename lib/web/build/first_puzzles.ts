/**
 * Adds puzzles for the first visit when the page is built, so that there is a board before the
 * worker has started.
 */
import { doTask } from "../game/tasks/do_task.ts";

/** The number of puzzles, so that two visitors side by side need not have the same one. */
const COUNT = 8;

/**
 * Returns a script that provides easy puzzles for the page. Their seeds give the same puzzles
 * anywhere.
 */
export function firstPuzzlesScript(): string {
  const puzzles = Array.from(
    { length: COUNT },
    (_, index) => doTask("generate", { size: 9, level: "easy", seed: `${index + 1}` }),
  );
  return `globalThis.sudoganFirst=${JSON.stringify(puzzles)};`;
}
