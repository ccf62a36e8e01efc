/**
 * Measures how long the training and the judging of a cell take. If a cell is stopped and resumed,
 * then its time is the total of several sessions.
 *
 * The times are saved after each checkpoint, together with the number of training steps that they
 * cover. If a session is killed, then its time since the last checkpoint is lost. The resumed cell
 * trains the lost steps again, so their time is measured after all.
 */
import { type CellRecord, emptyRecord } from "./cell_record.ts";

/**
 * Measures the time for training and the time for judging separately. Both times include the
 * earlier sessions of the cell.
 */
export interface Clock {
  /** Adds the times in a record, which are those of the cell's earlier sessions. */
  resume(record: CellRecord): void;
  /** Counts a training step. The times cover this step from now on. */
  countStep(): void;
  /** Runs `work`. The time that `work` takes counts as judging. */
  judging<T>(work: () => Promise<T>): Promise<T>;
  /** Returns the record of the cell, with the times so far. */
  read(): CellRecord;
}

/** Starts a clock for a session of a cell. */
export function startClock(): Clock {
  const started = performance.now();
  let record = emptyRecord;
  let judging = 0;
  let steps = 0;
  return {
    resume(earlier) {
      record = earlier;
    },
    countStep() {
      steps++;
    },
    async judging(work) {
      const from = performance.now();
      const result = await work();
      judging += performance.now() - from;
      return result;
    },
    read() {
      const all = performance.now() - started;
      const { seconds, timedSteps } = record;
      const add = (before: number, ms: number) => Number((before + ms / 1000).toFixed(1));
      return {
        ...record,
        seconds: {
          training: add(seconds.training, all - judging),
          judging: add(seconds.judging, judging),
        },
        // If the steps of earlier sessions were not counted, then the total is unknown.
        ...(timedSteps === undefined ? {} : { timedSteps: timedSteps + steps }),
      };
    },
  };
}
