/**
 * Computes the clock of a game. The functions do not read the time themselves; the caller passes it
 * as an argument.
 */

/** The time played. */
export interface Timer {
  /** The milliseconds played before the last pause. */
  readonly before: number;
  /** The time when the clock was last started; null while it is paused. */
  readonly since: number | null;
}

/** Returns the milliseconds played. If the system's clock was set back, nothing is added. */
export function elapsed({ before, since }: Timer, time: number): number {
  return since === null ? before : before + Math.max(0, Math.round(time - since));
}

/** Starts the clock unless it is running. */
export function started(timer: Timer, time: number): Timer {
  return timer.since === null ? { ...timer, since: time } : timer;
}

/** Stops the clock unless it is stopped. */
export function paused(timer: Timer, time: number): Timer {
  return timer.since === null ? timer : { before: elapsed(timer, time), since: null };
}
