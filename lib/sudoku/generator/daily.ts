/**
 * Makes the puzzle of the day. Everyone gets the same puzzle for a date and level, today and in
 * years to come.
 *
 * A new version of the generator must not change past days. So the old version stays in the code,
 * and `versions` gets an entry with the new version's first day. As long as there is only version
 * 1, a golden test pins its puzzles.
 */
import { generate, GenerateError, type GenerateOptions, type Puzzle } from "./generate.ts";
import type { Level } from "../rating/rate.ts";

/** Options of {@linkcode daily}. */
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

/** The versions of the generator, newest first. `from` is the first day of a version. */
const versions = [{ from: "0000-01-01", version: 1, make: generate }] as const;

/**
 * Returns the puzzle for a day and level: 9x9, symmetric under a half-turn, and the same for
 * everyone.
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

/** Returns whether a string is a date that exists. 2026-02-30 does not. */
function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) &&
    date.toISOString().startsWith(text);
}
