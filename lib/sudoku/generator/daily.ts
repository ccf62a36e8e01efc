/**
 * Makes the puzzle of the day. Everyone gets the same puzzle for a given date and level, today and
 * in years to come.
 *
 * A new version of the generator must not change the puzzles of past days. For this reason the code
 * of the old version must be kept, and `versions` must get an entry with the first day of the new
 * version. So far there is only version 1, and a golden test fails if its puzzles change.
 */
import { generate, GenerateError, type GenerateOptions, type Puzzle } from "./generate.ts";
import type { Level } from "../rating/rate.ts";

/** Options for {@linkcode daily}. */
export interface DailyOptions extends Pick<GenerateOptions, "onAttempt"> {
  /** The date as year, month and day, such as 2026-11-23. */
  readonly date: string;
  /** The level of the puzzle. */
  readonly level: Level;
}

/** A puzzle for one day. */
export interface DailyPuzzle extends Puzzle {
  /** The date as year, month and day, such as 2026-11-23. */
  readonly date: string;
  /** The version of the generator that made the puzzle. */
  readonly version: number;
}

/**
 * The versions of the generator, newest first. `from` is the first day on which the version is
 * used.
 */
const versions = [{ from: "0000-01-01", version: 1, make: generate }] as const;

/**
 * Returns the puzzle for a date and a level. The puzzle is the same for everyone. It has 9x9 cells,
 * and its pattern of clues is symmetric under a half-turn.
 *
 * @throws {GenerateError} when the date does not exist
 */
export function daily({ date, level, onAttempt = () => {} }: DailyOptions): DailyPuzzle {
  if (!isDate(date)) {
    throw new GenerateError(
      `Making a daily puzzle: wanted a date like 2026-11-23, found ${JSON.stringify(date)}.`,
    );
  }
  const { version, make } = versions.find(({ from }) => date >= from)!;
  const puzzle = make({ level, seed: `day ${date}`, symmetry: "half-turn", onAttempt });
  return { ...puzzle, date, version };
}

/**
 * Returns whether a string is a date that exists, such as 2026-11-23. The date 2026-02-30 does not
 * exist.
 */
function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) &&
    date.toISOString().startsWith(text);
}
