/** What a benchmark compares: things that take the same kind of step. */

/** One of several that are timed side by side. */
export interface Contender {
  readonly name: string;
  /** Whose configuration it is, where there are several: the best of them counts. */
  readonly peer?: string;
  /** Takes steps and times each one, in milliseconds. */
  time(steps: number): Promise<readonly number[]>;
  dispose(): void | Promise<void>;
}

/** A ratio of two contenders' times that the project sets itself. */
export interface Goal {
  readonly contender: string;
  /**
   * A contender or a peer; a peer stands for its best configuration, the one with the lowest
   * median.
   */
  readonly against: string;
  readonly atMost: number;
}

/** A contender whose step is a function in this process. */
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
