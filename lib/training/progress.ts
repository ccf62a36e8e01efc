/** What training says of itself, and the running means of it. */
import type { stepMeasures } from "./gan_step.ts";

/** One number for each measure of a step: losses in nats, scores as probabilities. */
export type StepValues = Readonly<
  Record<(typeof stepMeasures)[number], number>
>;

/** What one step left. */
export interface StepReport extends StepValues {
  /** Steps taken, this one included. */
  readonly step: number;
  /** The epoch that this step belongs to, from 1. */
  readonly epoch: number;
  /** Whether this step was its epoch's last. */
  readonly endsEpoch: boolean;
}

/** A sum of steps' values that can be saved and go on. */
export interface RunningSum {
  readonly count: number;
  readonly values: StepValues;
}

export const emptySum: RunningSum = {
  count: 0,
  values: {
    discriminatorLoss: 0,
    generatorLoss: 0,
    realScore: 0,
    fakeScore: 0,
  },
};

/** The sum with one more step in it. */
export function addStep(sum: RunningSum, values: StepValues): RunningSum {
  return {
    count: sum.count + 1,
    values: mapValues((measure) => sum.values[measure] + values[measure]),
  };
}

/** The mean of what was added. */
export function meanOf(sum: RunningSum): StepValues {
  return mapValues((measure) => sum.values[measure] / sum.count);
}

function mapValues(valueOf: (measure: keyof StepValues) => number): StepValues {
  return {
    discriminatorLoss: valueOf("discriminatorLoss"),
    generatorLoss: valueOf("generatorLoss"),
    realScore: valueOf("realScore"),
    fakeScore: valueOf("fakeScore"),
  };
}
