/**
 * Measures how long a cell was trained and how long it was judged, over all sessions that ended
 * normally.
 */
import type { CellRecord } from "./cell_record.ts";

/**
 * Measures the time of training and the time of judging separately, and adds the times of earlier
 * sessions.
 */
export interface Clock {
  /** Does some work and counts its time as judging. */
  judging<T>(work: () => Promise<T>): Promise<T>;
  /** Returns the record with the seconds up to now. */
  read(): CellRecord;
}

/** Starts a clock that continues a record. */
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
