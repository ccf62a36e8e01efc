/**
 * Adds puzzles for the first visit when the page is built, so that there is a board before the
 * worker has started.
 */
import { doTask } from "../game/tasks/do_task.ts";

/**
 * The number of puzzles. There are several, so that two visitors sitting together rarely get the
 * same one.
 */
const COUNT = 8;

/**
 * Returns a script that provides easy puzzles for the page. They are the same in every build,
 * because their seeds are fixed.
 */
export function firstPuzzlesScript(): string {
  const puzzles = Array.from(
    { length: COUNT },
    (_, index) => doTask("generate", { size: 9, level: "easy", seed: `${index + 1}` }),
  );
  return `globalThis.sudoganFirst=${JSON.stringify(puzzles)};`;
}
