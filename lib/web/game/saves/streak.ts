/**
 * Counts the consecutive days on which the daily puzzle was solved. A day is a string with a date
 * from the player's calendar, so no clock or time zone is needed.
 */
import type { Result } from "./schema.ts";

/**
 * The lengths of streaks. A streak consists of consecutive days whose puzzles were solved in time.
 */
export interface Streak {
  /**
   * The length of the current streak. The current streak ends today, or yesterday if today's puzzle
   * has not been solved yet.
   */
  readonly current: number;
  readonly longest: number;
}

/**
 * Returns the days whose daily puzzle was solved, even if it was solved late. The days are in
 * ascending order, and all levels count.
 */
export function solvedDays(results: readonly Result[]): readonly string[] {
  return uniqueInOrder(results.filter(({ finishedOn }) => finishedOn !== null));
}

/**
 * Returns the lengths of the streaks. A day counts if its puzzle was solved on that day. It also
 * counts if its puzzle was started on that day and solved on the next day. A puzzle that was solved
 * later, from the archive, does not fill a gap.
 */
export function streakOf(results: readonly Result[], today: string): Streak {
  const days = uniqueInOrder(results.filter(isInTime));
  let [row, longest] = [0, 0];
  days.forEach((day, index) => {
    row = index > 0 && nextDay(days[index - 1]) === day ? row + 1 : 1;
    longest = Math.max(longest, row);
  });
  const last = days.at(-1);
  const isAlive = last !== undefined && nextDay(last) >= today;
  return { current: isAlive ? row : 0, longest };
}

function isInTime({ daily, startedOn, finishedOn }: Result): boolean {
  if (daily === null || finishedOn === null) return false;
  return finishedOn === daily || (startedOn === daily && finishedOn === nextDay(daily));
}

function uniqueInOrder(results: readonly Result[]): readonly string[] {
  return [...new Set(results.flatMap(({ daily }) => daily ?? []))].sort();
}

/**
 * Returns the day after the given day.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * assertEquals(nextDay("2028-02-28"), "2028-02-29");
 * ```
 */
export function nextDay(day: string): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + 1);
  return date.toISOString().slice(0, 10);
}

/** Returns all days from the first to the last, inclusive. */
export function daysBetween(first: string, last: string): readonly string[] {
  const days: string[] = [];
  for (let day = first; day <= last; day = nextDay(day)) days.push(day);
  return days;
}
