/** Defines the contenders of a benchmark. */

/** An implementation to time. */
export interface Contender {
  readonly name: string;
  /** The peer, if the contender is a configuration of an implementation in Python. */
  readonly peer?: string;
  /** Takes steps, and returns the milliseconds of each step. */
  time(steps: number): Promise<readonly number[]>;
  dispose(): void | Promise<void>;
}

/** A limit for the ratio of two contenders' times. */
export interface Goal {
  readonly contender: string;
  /** A contender, or a peer, whose fastest configuration counts. */
  readonly against: string;
  readonly atMost: number;
}

/** Creates a contender from a function in this process. */
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
