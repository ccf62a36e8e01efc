/**
 * Measures how long the training and the judging of a cell took. The time of a session counts only
 * if the session ended normally.
 */
import type { CellRecord } from "./cell_record.ts";

/**
 * Measures the times of training and of judging separately. The times include those of earlier
 * sessions.
 */
export interface Clock {
  /** Runs `work` and counts its time as judging. */
  judging<T>(work: () => Promise<T>): Promise<T>;
  /** Returns the record, with its seconds updated to the current time. */
  read(): CellRecord;
}

/** Starts a clock that adds to the seconds in a record. */
export function startClock(record: CellRecord): Clock {
  const started = performance.now();
  let judging = 0;
  return {
    async judging(work) {
      const from = performance.now();
      const result = await work();
      judging += performance.now() - from;
      return result;
    },
    read() {
      const all = performance.now() - started;
      const { seconds } = record;
      const add = (before: number, ms: number) => Number((before + ms / 1000).toFixed(1));
      return {
        ...record,
        seconds: {
          training: add(seconds.training, all - judging),
          judging: add(seconds.judging, judging),
        },
      };
    },
  };
}
