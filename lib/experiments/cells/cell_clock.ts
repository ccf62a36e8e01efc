/**
 * Measures how long the training and the judging of a cell take. If a cell is stopped and resumed,
 * then its time is the total of several sessions. A session counts only if it ended normally.
 */
import type { CellRecord } from "./cell_record.ts";

/**
 * Measures the time for training and the time for judging separately. If the cell was stopped and
 * resumed, both times include the earlier sessions that ended normally.
 */
export interface Clock {
  /** Runs `work`. The time that `work` takes counts as judging. */
  judging<T>(work: () => Promise<T>): Promise<T>;
  /** Returns the record of the cell, with the times so far. */
  read(): CellRecord;
}

/** Starts a clock. The clock adds the time of this session to the times in `record`. */
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
