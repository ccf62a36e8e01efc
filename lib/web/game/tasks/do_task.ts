/** Runs tasks in the caller's thread. */
import {
  daily,
  generate,
  GenerateError,
  gridOf,
  type Level,
  type Puzzle,
  rate,
  type Size,
  sizes,
} from "../../../sudoku/mod.ts";
import { GameError } from "../game_error.ts";
import { answerHint } from "../hints/answer_hint.ts";
import { walkThrough } from "../hints/walk_through.ts";
import { type Origin, type PlayedPuzzle, puzzleOf, type PuzzleRating } from "../play/puzzle.ts";
import { levelsOn } from "../play/levels_on.ts";
import { readOwnPuzzle } from "../play/read_puzzle.ts";
import { readExport } from "../saves/exchange.ts";
import { attemptsToExpect, dailyAttemptsToExpect } from "./attempts.ts";
import type { TaskKind, Tasks } from "./task.ts";

/** Reports the progress of a task. `of` is null if the total is unknown. */
export type OnProgress = (done: number, of: number | null) => void;

/** The maximum length of a seed, in characters. No seed needs to be longer than this. */
export const MOST_SEED_CHARACTERS = 200;

type Doing = {
  readonly [Kind in TaskKind]: (
    ask: Tasks[Kind]["ask"],
    onProgress: OnProgress,
  ) => Tasks[Kind]["answer"];
};

const doing: Doing = {
  generate: ({ size, level, seed }, onProgress) => {
    requireLevel(size, level);
    if (seed.length > MOST_SEED_CHARACTERS) throw noPuzzle(`a seed of ${seed.length} characters`);
    const onAttempt = countAttempts(attemptsToExpect(size, level), onProgress);
    const make = () => generate({ size, level, seed, onAttempt });
    return madePuzzle(make, { kind: "level", level, seed });
  },
  daily: ({ date, level }, onProgress) => {
    requireLevel(9, level);
    const onAttempt = countAttempts(dailyAttemptsToExpect(level), onProgress);
    const make = () => daily({ date, level, onAttempt });
    return madePuzzle(make, { kind: "daily", level, date });
  },
  read: ({ text }) => readOwnPuzzle(text),
  rate: ({ size, givens }) => ratingOf(puzzleOf(size, givens)),
  hint: answerHint,
  explain: ({ size, givens }, onProgress) => {
    const puzzle = puzzleOf(size, givens);
    const all = puzzle.givens.filter((given) => given === 0).length;
    return walkThrough(size, givens, (_, empty) => onProgress(all - empty, all));
  },
  readExport: ({ text }, onProgress) => readExport(text, onProgress),
};

/**
 * Runs a task.
 *
 * @throws {GameError} when the request is refused
 */
export function doTask<Kind extends TaskKind>(
  kind: Kind,
  ask: Tasks[Kind]["ask"],
  onProgress: OnProgress = () => {},
): Tasks[Kind]["answer"] {
  onProgress(0, null);
  return doing[kind](ask, onProgress);
}

/**
 * Reports the number of attempts. Once the expected number is reached, the total is reported as
 * unknown.
 */
function countAttempts(expected: number, onProgress: OnProgress): (attempts: number) => void {
  return (attempts) => onProgress(attempts, attempts < expected ? expected : null);
}

function requireLevel(size: Size, level: Level): void {
  if (sizes.includes(size) && levelsOn(size).includes(level)) return;
  throw noPuzzle(`size ${size}, level ${level}`);
}

function noPuzzle(found: string): GameError {
  return new GameError(
    "no such puzzle",
    `Making a puzzle: wanted a size, level and seed that exist; found ${found}.`,
  );
}

function madePuzzle(make: () => Puzzle, origin: Origin): PlayedPuzzle {
  try {
    const { grid, solution, level, rating, hardest } = make();
    return {
      size: grid.shape.size,
      givens: [...grid.values],
      solution: [...solution.values],
      origin,
      rating: { level, value: rating, hardest },
    };
  } catch (error) {
    if (error instanceof GenerateError) throw new GameError("no such puzzle", error.message);
    throw error;
  }
}

function ratingOf({ size, givens }: PlayedPuzzle): PuzzleRating {
  const { level = null, rating, hardest = null } = rate(gridOf(size, givens));
  return { level, value: rating, hardest };
}
