/**
 * Estimates how many attempts are needed to make a puzzle of a given level. The page uses the
 * estimate to show progress. Attempts succeed at random, so the exact number cannot be known in
 * advance.
 */
import type { Level, Size } from "../../../sudoku/mod.ts";

/**
 * The fraction of attempts that succeed, by size and level. It was measured with several hundred
 * seeds.
 */
const successes: Readonly<Record<Size, Readonly<Partial<Record<Level, number>>>>> = {
  4: { easy: 1 },
  6: { easy: 1, medium: 0.014, hard: 0.03, expert: 0.022 },
  9: { easy: 1, medium: 0.42, hard: 0.24, expert: 0.22, extreme: 0.16 },
};

/**
 * The fraction of attempts that succeed for daily puzzles. At every level except easy, this
 * fraction is smaller than for other puzzles of the same size, because the clues of daily puzzles
 * are symmetric.
 */
const dailySuccesses: Readonly<Record<Level, number>> = {
  easy: 1,
  medium: 0.23,
  hard: 0.12,
  expert: 0.12,
  extreme: 0.062,
};

/** The probability that a puzzle is made within the estimated number of attempts. */
const CONFIDENCE = 0.95;

/** Returns the number of attempts that is enough to make a puzzle in 19 out of 20 cases. */
export function attemptsToExpect(size: Size, level: Level): number {
  return attemptsFor(successes[size][level] ?? 1);
}

/** Returns how many attempts are enough to make a daily puzzle in 19 out of 20 cases. */
export function dailyAttemptsToExpect(level: Level): number {
  return attemptsFor(dailySuccesses[level]);
}

function attemptsFor(success: number): number {
  return success < 1 ? Math.ceil(Math.log(1 - CONFIDENCE) / Math.log(1 - success)) : 1;
}
