/**
 * Counts consecutive days with a solved daily puzzle. Days are strings from the player's calendar,
 * so no clock or time zone is needed.
 */
import type { Result } from "./schema.ts";

/** The lengths of streaks: consecutive days whose puzzles were solved in time. */
export interface Streak {
  /** The number of days up to today, or up to yesterday if today's puzzle is not solved yet. */
  readonly current: number;
  readonly longest: number;
}

/** Returns the days whose puzzle was solved at any time and level, in ascending order. */
export function solvedDays(results: readonly Result[]): readonly string[] {
  return uniqueInOrder(results.filter(({ finishedOn }) => finishedOn !== null));
}

/**
 * Returns the streak. A day counts if its puzzle was solved on that day, or started on that day and
 * solved on the next. A puzzle from the archive fills no gap.
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
 * Returns the next day.
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

/** Returns all days from the first to the last, including both. */
export function daysBetween(first: string, last: string): readonly string[] {
  const days: string[] = [];
  for (let day = first; day <= last; day = nextDay(day)) days.push(day);
  return days;
}
