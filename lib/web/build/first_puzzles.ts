/**
 * Makes, at build time, the puzzles for a player's first visit. The page can show a board before
 * its worker has started.
 */
import { doTask } from "../game/tasks/do_task.ts";

/** The number of puzzles. With several, two visitors side by side rarely get the same one. */
const COUNT = 8;

/** Returns a script with easy puzzles. Fixed seeds make them the same in every build. */
export function firstPuzzlesScript(): string {
  const puzzles = Array.from(
    { length: COUNT },
    (_, index) => doTask("generate", { size: 9, level: "easy", seed: `${index + 1}` }),
  );
  return `globalThis.sudoganFirst=${JSON.stringify(puzzles)};`;
}
