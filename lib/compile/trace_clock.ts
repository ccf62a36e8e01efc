/**
 * Controls the clocks that a traced call sees. A call is run twice, and a graph would freeze a time
 * of the first run. The second run therefore sees other times. They differ in every field of a
 * date, because a call may use only one field, such as the hour.
 */
import * as tf from "@tensorflow/tfjs";
import { otherTime } from "./other_time.ts";
import { replaceMethod } from "./replace_method.ts";

/** Returns the time that a call sees, in milliseconds, instead of the time of a real clock. */
type ShowTime = (time: number) => number;

export class TraceClock {
  /** The times that the first run saw, in order. */
  readonly #seen: number[] = [];

  /** Makes the first run, which sees the real time. */
  first<T>(run: () => T): T {
    return withClocks((time) => {
      this.#seen.push(time);
      return time;
    }, run);
  }

  /** Makes a further run. Each time that it sees differs from the time that the first run saw. */
  again<T>(run: () => T): T {
    let count = 0;
    return withClocks((time) => {
      const index = count++;
      return otherTime(this.#seen[index] ?? time, index);
    }, run);
  }
}

/**
 * Replaces `Date`, `performance.now` and `tf.util.now` during a run. They are restored even if the
 * run fails.
 */
function withClocks<T>(show: ShowTime, run: () => T): T {
  const undo = [
    replaceMethod(tf.env().platform, "now", (now) => () => show(now.call(tf.env().platform))),
    replaceMethod(performance, "now", (now) => () => show(now.call(performance))),
    replaceMethod(Date, "now", (now) => () => show(now.call(Date))),
    replaceMethod(globalThis, "Date", (original) => withShownTime(original)),
  ];
  try {
    return run();
  } finally {
    for (const one of undo.toReversed()) one();
  }
}

/** Makes `new Date()` and `Date()` call `Date.now`, which they do not do by themselves. */
function withShownTime(original: DateConstructor): DateConstructor {
  return new Proxy(original, {
    construct: (target, args, self) =>
      Reflect.construct(target, args.length === 0 ? [target.now()] : args, self),
    apply: (target) => `${new target(target.now())}`,
  });
}
