/** The position of a step in its run. */
export interface StepPlace {
  /** Number of steps taken so far, including this step. */
  readonly step: number;
  /** The number of the epoch, counted from 1. */
  readonly epoch: number;
  readonly endsEpoch: boolean;
}

/** The value of each measure; a loss, for example, is a measure. */
export type Values<Measure extends string = string> = Readonly<
  Record<Measure, number>
>;

/** The sum of each measure over several steps. */
export interface RunningSum<Measure extends string = string> {
  readonly count: number;
  readonly values: Values<Measure>;
}

/** Returns an empty sum, to which no step has been added yet. */
export function emptySum<Measure extends string>(
  measures: readonly Measure[],
): RunningSum<Measure> {
  return { count: 0, values: fill(measures, () => 0) };
}

/**
 * Adds the measures of a step to a sum. If the step has measures that are not in the sum, then
 * these measures are ignored.
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

/** Returns the mean of each measure over the steps. */
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
