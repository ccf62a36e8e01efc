/**
 * The puzzle of a day: the same for everyone who asks for the same date and level, now and later.
 *
 * Where a new version of the generator makes other puzzles, past days must keep theirs: the old
 * version stays, and the table below says from which day on the new one is used. Until then the
 * golden test holds version 1 as it is.
 */
import { generate, GenerateError, type Puzzle } from "./generate.ts";
import type { Level } from "../rating/rate.ts";

/** Which day's puzzle {@linkcode daily} returns. */
export interface DailyOptions {
  /** Year, month and day, as 2026-11-23. */
  readonly date: string;
  /** How hard it is. */
  readonly level: Level;
}

/** A puzzle with its day. */
export interface DailyPuzzle extends Puzzle {
  /** Year, month and day, as 2026-11-23. */
  readonly date: string;
  /** The version of the generator that made it. */
  readonly version: number;
}

/** Versions, newest first, each with the first day that it makes puzzles for. */
const versions = [{ from: "0000-01-01", version: 1, make: generate }] as const;

/**
 * Returns the puzzle of a day and level: 9x9, symmetric under a half-turn, the same for everyone.
 *
 * @throws {GenerateError} when the date does not exist
 */
export function daily({ date, level }: DailyOptions): DailyPuzzle {
  if (!isDate(date)) {
    throw new GenerateError(
      `Making a daily puzzle: wanted a date as 2026-11-23, found ${JSON.stringify(date)}.`,
    );
  }
  const { version, make } = versions.find(({ from }) => date >= from)!;
  const puzzle = make({ level, seed: `day ${date}`, symmetry: "half-turn" });
  return { ...puzzle, date, version };
}

/** Also refuses days that no month has, such as 2026-02-30. */
function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) &&
    date.toISOString().startsWith(text);
}
