/**
 * Estimates how many attempts it takes to make a puzzle of a level, so that the page can show the
 * progress. Each attempt succeeds or fails independently of the others, so the number cannot be
 * known in advance.
 */
import type { Level, Size } from "../../../sudoku/mod.ts";

/**
 * The share of attempts that succeed, for each size and level. Each share was measured over some
 * hundreds of seeds.
 */
const successes: Readonly<Record<Size, Readonly<Partial<Record<Level, number>>>>> = {
  4: { easy: 1 },
  6: { easy: 1, medium: 0.014, hard: 0.03, expert: 0.022 },
  9: { easy: 1, medium: 0.42, hard: 0.24, expert: 0.22, extreme: 0.16 },
};

/** The same shares for daily puzzles. Most are smaller, because the clues are symmetric. */
const dailySuccesses: Readonly<Record<Level, number>> = {
  easy: 1,
  medium: 0.23,
  hard: 0.12,
  expert: 0.12,
  extreme: 0.062,
};

/** The probability that a puzzle is found within the number of attempts returned. */
const CONFIDENCE = 0.95;

/** Returns the number of attempts within which 19 of 20 puzzles of a level are found. */
export function attemptsToExpect(size: Size, level: Level): number {
  return attemptsFor(successes[size][level] ?? 1);
}

/** Returns the number of attempts within which 19 of 20 daily puzzles of a level are found. */
export function dailyAttemptsToExpect(level: Level): number {
  return attemptsFor(dailySuccesses[level]);
}

function attemptsFor(success: number): number {
  return success < 1 ? Math.ceil(Math.log(1 - CONFIDENCE) / Math.log(1 - success)) : 1;
}
