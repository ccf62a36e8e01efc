/**
 * Computes how long a game has been played. The caller passes the current time to each function.
 */

/** The clock of a game, which measures how long the game has been played. */
export interface Timer {
  /** The time played before the clock was last stopped, in milliseconds. */
  readonly before: number;
  /**
   * The time in milliseconds at which the clock was last started; null while the clock is stopped.
   */
  readonly since: number | null;
}

/**
 * Returns how long the game has been played, in milliseconds. If the current time is earlier than
 * the last start, because the system clock was set back, then only the time played before that
 * start is counted.
 */
export function elapsed({ before, since }: Timer, time: number): number {
  return since === null ? before : before + Math.max(0, Math.round(time - since));
}

/** Starts the clock if it is stopped. */
export function started(timer: Timer, time: number): Timer {
  return timer.since === null ? { ...timer, since: time } : timer;
}

/** Stops the clock if it is running. */
export function paused(timer: Timer, time: number): Timer {
  return timer.since === null ? timer : { before: elapsed(timer, time), since: null };
}
