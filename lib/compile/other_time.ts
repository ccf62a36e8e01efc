/**
 * Finds a time whose date differs from another date in every field, and also in whether the field
 * is odd. Code that uses only one field of a date, or only two cases of it, then does something
 * else.
 */

const [SECOND, MINUTE, HOUR] = [1000, 60_000, 3_600_000];

/**
 * The number of milliseconds that is added first. It is odd, and about half a second, so it changes
 * the milliseconds from odd to even, and from the first half of a second to the second half.
 */
const MILLISECONDS = 501;

/** From this reading on, the years no longer grow, because a date may not lie too far ahead. */
const MOST_READINGS = 1000;

/** Within 45 days before and after a date, there are days of all kinds. The nearest come first. */
const days = Array.from({ length: 91 }, (_, i) => i % 2 ? (i + 1) / 2 : -i / 2);

/** A step on the way to another time, which adds one of several amounts. */
interface Step {
  readonly amounts: readonly number[];
  readonly unit: number;
  /** Returns the numbers that must change from odd to even, or from even to odd. */
  readonly fields: (date: Date) => readonly number[];
}

const steps: readonly Step[] = [
  {
    amounts: [28, 29, 30, 31],
    unit: SECOND,
    fields: (date) => withHalf(date.getSeconds(), 60),
  },
  {
    amounts: [28, 29, 30, 31],
    unit: MINUTE,
    fields: (date) => withHalf(date.getMinutes(), 60),
  },
  {
    amounts: days.flatMap((day) => [10, 11, 12, 13, 14].map((hour) => 24 * day + hour)),
    unit: HOUR,
    fields: (date) => [
      ...withHalf(date.getHours(), 24),
      ...[date.getDate(), date.getDay(), date.getMonth(), date.getFullYear()],
    ],
  },
];

/**
 * Returns a time that is at least ten months later. Each field of its local date, from the
 * milliseconds to the year, is odd if the field of the given time is even, and even if it is odd.
 * Hours, minutes and seconds also move to the other half of their range.
 *
 * @param time in milliseconds since 1970, or since any other start
 * @param reading the number of the reading within the run. Successive readings are about two years
 * apart, so that the difference of two readings changes too.
 */
export function otherTime(time: number, reading: number): number {
  const whole = Math.floor(time);
  const date = new Date(whole);
  date.setFullYear(date.getFullYear() + 2 * Math.min(reading, MOST_READINGS) + 1);
  const start = date.getTime() + MILLISECONDS;
  const other = steps.reduce((later, step) => moveOn(whole, later, step), start);
  // A clock such as performance.now also counts fractions of a millisecond.
  const fraction = time - whole;
  return fraction === 0 ? other : other + (fraction + 0.5) % 1;
}

/** Adds the first amount that changes all fields, or else an amount that changes most of them. */
function moveOn(time: number, later: number, { amounts, unit, fields }: Step): number {
  const before = fields(new Date(time));
  let [best, most] = [later, -1];
  for (const amount of amounts) {
    const moved = later + amount * unit;
    const after = fields(new Date(moved));
    const changed = before.filter((field, i) => (field - after[i]) % 2 !== 0).length;
    if (changed > most) [best, most] = [moved, changed];
    if (most === before.length) break;
  }
  return best;
}

/** Returns a field, and the number of the half of its range in which it lies. */
function withHalf(field: number, range: number): number[] {
  return [field, Math.floor(2 * field / range)];
}
