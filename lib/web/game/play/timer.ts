/** Computes the clock of a game. The caller passes the time. */

/** The time played. */
export interface Timer {
  /** Milliseconds played before the last pause. */
  readonly before: number;
  /** When the clock was last started; null while it is stopped. */
  readonly since: number | null;
}

/** Returns the milliseconds played. Nothing is added if the system's clock was set back. */
export function elapsed({ before, since }: Timer, time: number): number {
  return since === null ? before : before + Math.max(0, Math.round(time - since));
}

/** Starts the clock unless it is running. */
export function started(timer: Timer, time: number): Timer {
  return timer.since === null ? { ...timer, since: time } : timer;
}

/** Stops the clock if it is running. */
export function paused(timer: Timer, time: number): Timer {
  return timer.since === null ? timer : { before: elapsed(timer, time), since: null };
}
