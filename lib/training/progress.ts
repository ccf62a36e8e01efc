/** What training says of itself, and the running means of it. */
/** Where in its run a step stands. */
export interface StepPlace {
  /** Steps taken, this one included. */
  readonly step: number;
  /** The epoch that this step belongs to, from 1. */
  readonly epoch: number;
  /** Whether this step was its epoch's last. */
  readonly endsEpoch: boolean;
}

/** One number for each measure, whatever they are. */
export type Values<Measure extends string = string> = Readonly<
  Record<Measure, number>
>;

/** A sum of steps' values that can be saved and go on. */
export interface RunningSum<Measure extends string = string> {
  readonly count: number;
  readonly values: Values<Measure>;
}

/** A sum of nothing. */
export function emptySum<Measure extends string>(
  measures: readonly Measure[],
): RunningSum<Measure> {
  return { count: 0, values: fill(measures, () => 0) };
}

/** The sum with one more step in it; what else `values` holds is left out. */
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

/** The mean of what was added. */
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
