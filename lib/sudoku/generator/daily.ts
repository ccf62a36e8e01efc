/**
 * Makes the puzzle of the day. For a given date and level, everyone gets the same puzzle, today and
 * in years to come.
 *
 * Past days keep their puzzles even if a new version of the generator makes different ones: the old
 * version stays in the code, and the table below gets an entry with the first day of the new one.
 * As long as version 1 is the only one, a golden test makes sure that its puzzles do not change.
 */
import { generate, GenerateError, type GenerateOptions, type Puzzle } from "./generate.ts";
import type { Level } from "../rating/rate.ts";

/** The day and level of a puzzle. */
export interface DailyOptions extends Pick<GenerateOptions, "onAttempt"> {
  /** Year, month and day, such as 2026-11-23. */
  readonly date: string;
  /** Difficulty of the puzzle. */
  readonly level: Level;
}

/** A puzzle for one day. */
export interface DailyPuzzle extends Puzzle {
  /** Year, month and day, such as 2026-11-23. */
  readonly date: string;
  /** The version of the generator that made the puzzle. */
  readonly version: number;
}

/** Versions of the generator, newest first, each with its first day. */
const versions = [{ from: "0000-01-01", version: 1, make: generate }] as const;

/**
 * Returns the puzzle for a day and level. It is 9x9, symmetric under a half-turn, and the same for
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

/** Returns whether a string is a valid date. 2026-02-30, for example, is not. */
function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) &&
    date.toISOString().startsWith(text);
}
