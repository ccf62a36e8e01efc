/**
 * Makes the puzzles for a player's first visit when the page is built. So the page can show a board
 * even before its worker has started.
 */
import { doTask } from "../game/tasks/do_task.ts";

/**
 * The number of puzzles. There are several, so that two visitors who sit side by side rarely get
 * the same puzzle.
 */
const COUNT = 8;

/**
 * Returns a script that provides easy puzzles for the page. The puzzles are the same in every
 * build, because their seeds are fixed.
 */
export function firstPuzzlesScript(): string {
  const puzzles = Array.from(
    { length: COUNT },
    (_, index) => doTask("generate", { size: 9, level: "easy", seed: `${index + 1}` }),
  );
  return `globalThis.sudoganFirst=${JSON.stringify(puzzles)};`;
}
