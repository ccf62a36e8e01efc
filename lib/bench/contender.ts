/** Defines the contenders of a benchmark. They all take the same kind of step. */

/** One of several implementations that are timed against each other. */
export interface Contender {
  readonly name: string;
  /**
   * If the contender is one configuration of a peer (an implementation in Python), this is the
   * peer's name. Only the peer's best configuration counts.
   */
  readonly peer?: string;
  /** Takes the given number of steps, and returns how many milliseconds each one took. */
  time(steps: number): Promise<readonly number[]>;
  dispose(): void | Promise<void>;
}

/** A goal for the ratio of two contenders' times. */
export interface Goal {
  readonly contender: string;
  /**
   * Name of the contender or peer to compare with. A peer is represented by its best configuration,
   * which is the one with the lowest median.
   */
  readonly against: string;
  readonly atMost: number;
}

/** Creates a contender whose step is a function in this process. */
export function timeFunction(
  name: string,
  step: () => void | Promise<void>,
  dispose: () => void = () => {},
): Contender {
  return {
    name,
    dispose,
    async time(steps) {
      const times: number[] = [];
      for (let i = 0; i < steps; i++) {
        const start = performance.now();
        await step();
        times.push(performance.now() - start);
      }
      return times;
    },
  };
}
