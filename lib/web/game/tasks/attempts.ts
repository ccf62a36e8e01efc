/**
 * Estimates the number of attempts to make a puzzle of a level, for the progress that the page
 * shows. Attempts succeed at random, so the number cannot be known.
 */
import type { Level, Size } from "../../../sudoku/mod.ts";

/** The share of attempts that succeed, measured over some hundreds of seeds. */
const successes: Readonly<Record<Size, Readonly<Partial<Record<Level, number>>>>> = {
  4: { easy: 1 },
  6: { easy: 1, medium: 0.014, hard: 0.03, expert: 0.022 },
  9: { easy: 1, medium: 0.42, hard: 0.24, expert: 0.22, extreme: 0.16 },
};

/** The share for daily puzzles. It is mostly smaller, because the clues are symmetric. */
const dailySuccesses: Readonly<Record<Level, number>> = {
  easy: 1,
  medium: 0.23,
  hard: 0.12,
  expert: 0.12,
  extreme: 0.062,
};

/** The probability of success within the returned number of attempts. */
const CONFIDENCE = 0.95;

/** Returns a number of attempts that is enough for 19 of 20 puzzles. */
export function attemptsToExpect(size: Size, level: Level): number {
  return attemptsFor(successes[size][level] ?? 1);
}

/** Returns a number of attempts that is enough for 19 of 20 daily puzzles. */
export function dailyAttemptsToExpect(level: Level): number {
  return attemptsFor(dailySuccesses[level]);
}

function attemptsFor(success: number): number {
  return success < 1 ? Math.ceil(Math.log(1 - CONFIDENCE) / Math.log(1 - success)) : 1;
}
