/**
 * Estimates how much time cells take. The recorded time of a cell may be too short, because older
 * records lack the time of sessions that were killed. Estimates therefore use the time per step of
 * those cells whose recorded time covers all of their steps.
 */
import type { FinishedCell } from "./cell_state.ts";

type TimedCell = Pick<FinishedCell, "record" | "summary">;

/** Returns the recorded time of a cell in seconds, for training and judging together. */
export function recordedSeconds({ record: { seconds } }: Pick<TimedCell, "record">): number {
  return seconds.training + seconds.judging;
}

/**
 * Returns the number of training steps that the recorded time of a cell covers. In old records,
 * this number is missing. It is then known only if the cell was trained in a single session, and
 * otherwise undefined.
 */
export function timedSteps({ record, summary }: TimedCell): number | undefined {
  const { steps, stepsOfThisSession } = summary;
  return record.timedSteps ?? (stepsOfThisSession === steps ? steps : undefined);
}

/** Returns whether the recorded time of a cell is known to cover all of its training steps. */
export function isWhollyTimed(cell: TimedCell): boolean {
  return timedSteps(cell) === cell.summary.steps;
}

/**
 * Returns the mean time per training step in seconds, including judging. Uses only cells whose
 * recorded time covers all of their steps. Returns undefined if there are no such cells.
 */
export function secondsPerStep(cells: readonly TimedCell[]): number | undefined {
  const timed = cells.filter(isWhollyTimed);
  const steps = timed.reduce((sum, { summary }) => sum + summary.steps, 0);
  const seconds = timed.reduce((sum, cell) => sum + recordedSeconds(cell), 0);
  return steps === 0 ? undefined : seconds / steps;
}

/** The time for training and judging cells. */
export interface TotalTime {
  readonly seconds: number;
  /** Number of cells whose recorded time covers all of their steps. */
  readonly measured: number;
  /** Number of other cells. Their time is estimated from the measured cells. */
  readonly estimated: number;
}

/** Returns the total time of cells, or undefined if no cell was timed over all of its steps. */
export function totalTime(cells: readonly TimedCell[]): TotalTime | undefined {
  const rate = secondsPerStep(cells);
  if (rate === undefined) return undefined;
  const seconds = cells.reduce(
    (sum, cell) => sum + (isWhollyTimed(cell) ? recordedSeconds(cell) : rate * cell.summary.steps),
    0,
  );
  const measured = cells.filter(isWhollyTimed).length;
  return { seconds, measured, estimated: cells.length - measured };
}
