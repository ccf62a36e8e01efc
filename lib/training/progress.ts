/**
 * Defines the types that describe the progress of training, and computes running means of the
 * measures.
 */
/** The position of a step in its run. */
export interface StepPlace {
  /** The number of steps that have been taken, including this one. */
  readonly step: number;
  /** The epoch to which this step belongs, counted from 1. */
  readonly epoch: number;
  /** Whether this is the last step of its epoch. */
  readonly endsEpoch: boolean;
}

/** One number for each measure. */
export type Values<Measure extends string = string> = Readonly<
  Record<Measure, number>
>;

/** A running sum of the measures of several steps. It can be saved in a checkpoint. */
export interface RunningSum<Measure extends string = string> {
  readonly count: number;
  readonly values: Values<Measure>;
}

/** Returns an empty sum. */
export function emptySum<Measure extends string>(
  measures: readonly Measure[],
): RunningSum<Measure> {
  return { count: 0, values: fill(measures, () => 0) };
}

/**
 * Returns a sum to which one more step has been added. Measures that the sum does not contain are
 * ignored.
 */
export function addStep<Measure extends string>(
  sum: RunningSum<Measure>,
  values: Values<Measure>,
): RunningSum<Measure> {
  return {
    count: sum.count + 1,
    values: fill(
      measuresOf(sum),
      (measure) => sum.values[measure] + values[measure],
    ),
  };
}

/** Returns the mean of each measure over all steps in the sum. */
export function meanOf<Measure extends string>(
  sum: RunningSum<Measure>,
): Values<Measure> {
  return fill(
    measuresOf(sum),
    (measure) => sum.values[measure] / sum.count,
  );
}

function measuresOf<Measure extends string>(
  { values }: RunningSum<Measure>,
): Measure[] {
  return Object.keys(values) as Measure[];
}

function fill<Measure extends string>(
  measures: readonly Measure[],
  valueOf: (measure: Measure) => number,
): Values<Measure> {
  return Object.fromEntries(
    measures.map((measure) => [measure, valueOf(measure)]),
  ) as Record<Measure, number>;
}
