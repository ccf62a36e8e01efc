/**
 * Makes the puzzles for a player's first visit. They are made when the page is built, so the page
 * can show a board before its worker has started.
 */
import { doTask } from "../game/tasks/do_task.ts";

/**
 * The number of puzzles. There are several, so two visitors sitting side by side are unlikely to
 * get the same puzzle.
 */
const COUNT = 8;

/**
 * Returns a script that contains easy puzzles. The seeds are fixed, so every build contains the
 * same puzzles.
 */
export function firstPuzzlesScript(): string {
  const puzzles = Array.from(
    { length: COUNT },
    (_, index) => doTask("generate", { size: 9, level: "easy", seed: `${index + 1}` }),
  );
  return `globalThis.sudoganFirst=${JSON.stringify(puzzles)};`;
}
