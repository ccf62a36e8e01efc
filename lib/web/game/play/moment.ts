/**
 * Defines moments. A moment is a time together with the day in the player's calendar.
 *
 * Days are compared as strings, not as times. Therefore, neither travel across time zones nor a
 * change to summer time breaks a streak of days with solved puzzles.
 */

/** A time, and the player's local date at that time. */
export interface Moment {
  /** The time in milliseconds, as returned by `Date.now()`. */
  readonly time: number;
  /** The player's local date, such as 2026-11-26. */
  readonly date: string;
}

/**
 * Converts a `Date` to a moment in the machine's time zone.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * assertEquals(momentOf(new Date(2026, 0, 2, 23, 59)).date, "2026-01-02");
 * ```
 */
export function momentOf(date: Date): Moment {
  const year = String(date.getFullYear()).padStart(4, "0");
  const month = String(date.getMonth() + 1).padStart(2, "0");
  const day = String(date.getDate()).padStart(2, "0");
  return { time: date.getTime(), date: `${year}-${month}-${day}` };
}

/** Returns whether a string is a date that exists. For example, 2026-02-30 does not exist. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}
