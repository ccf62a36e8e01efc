/** The clock of a game. It reads no clock itself: the time is an argument. */

/** Time played. */
export interface Timer {
  /** Milliseconds up to the last pause. */
  readonly before: number;
  /** When it was started again; null while it is paused. */
  readonly since: number | null;
}

/** Returns the milliseconds played. A clock that was set back adds nothing. */
export function elapsed({ before, since }: Timer, time: number): number {
  return since === null ? before : before + Math.max(0, Math.round(time - since));
}

/** Starts the clock, unless it runs. */
export function started(timer: Timer, time: number): Timer {
  return timer.since === null ? { ...timer, since: time } : timer;
}

/** Stops the clock, unless it stands. */
export function paused(timer: Timer, time: number): Timer {
  return timer.since === null ? timer : { before: elapsed(timer, time), since: null };
}
