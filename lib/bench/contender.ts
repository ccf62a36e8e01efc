/** Defines the contenders of a benchmark, and the goals for their times. */

/** An implementation whose steps are timed. */
export interface Contender {
  readonly name: string;
  /** Name of the peer, if this contender is one configuration of an implementation in Python. */
  readonly peer?: string;
  /** Takes the given number of steps and returns the duration of each step in milliseconds. */
  time(steps: number): Promise<readonly number[]>;
  dispose(): void | Promise<void>;
}

/** An upper limit for the ratio of two contenders' times. */
export interface Goal {
  readonly contender: string;
  /**
   * Name of the contender or peer to compare with. For a peer, its fastest configuration is used.
   */
  readonly against: string;
  readonly atMost: number;
}

/** Creates a contender that calls a function in this process for each step. */
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
