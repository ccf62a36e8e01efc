/**
 * Makes the puzzle of the day, the same for everyone with the same date and level, now and later.
 *
 * If a new version of the generator makes other puzzles, past days must keep theirs. Then the old
 * version stays, and the table below gets an entry with the new version's first day. Until then the
 * golden test fixes version 1.
 */
import { generate, GenerateError, type Puzzle } from "./generate.ts";
import type { Level } from "../rating/rate.ts";

/** The day and level of a puzzle. */
export interface DailyOptions {
  /** Year, month and day, like 2026-11-23. */
  readonly date: string;
  /** Difficulty of the puzzle. */
  readonly level: Level;
}

/** A puzzle with its day. */
export interface DailyPuzzle extends Puzzle {
  /** Year, month and day, like 2026-11-23. */
  readonly date: string;
  /** The version of the generator that made it. */
  readonly version: number;
}

/** Versions, newest first, each with its first day. */
const versions = [{ from: "0000-01-01", version: 1, make: generate }] as const;

/**
 * Returns the puzzle of a day and level: 9x9, symmetric under a half-turn, the same for everyone.
 *
 * @throws {GenerateError} when the date does not exist
 */
export function daily({ date, level }: DailyOptions): DailyPuzzle {
  if (!isDate(date)) {
    throw new GenerateError(
      `Making a daily puzzle: wanted a date like 2026-11-23, found ${JSON.stringify(date)}.`,
    );
  }
  const { version, make } = versions.find(({ from }) => date >= from)!;
  const puzzle = make({ level, seed: `day ${date}`, symmetry: "half-turn" });
  return { ...puzzle, date, version };
}

/** Returns whether a text is a date. Also refuses days that no month has, such as 2026-02-30. */
function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) &&
    date.toISOString().startsWith(text);
}
