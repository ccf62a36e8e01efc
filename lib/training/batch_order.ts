/**
 * Which images each step of a run takes, whatever is trained: every epoch all of them, in an order
 * of its own.
 */
import { shuffledBatches } from "../dataset/batches.ts";
import { randomStream } from "../random.ts";
import type { StepPlace } from "./progress.ts";

export interface BatchOrderOptions {
  /** Images to choose from. */
  readonly count: number;
  readonly batchSize: number;
  readonly seed: number;
  /** Steps of the whole run. */
  readonly steps: number;
  /** Steps taken already. */
  readonly firstStep: number;
}

/** A step that is to be taken. */
export interface PlannedStep {
  /** The step's number, from 0. */
  readonly number: number;
  /** The images of its batch. */
  readonly indices: Uint32Array;
  /** Where the run stands once it is taken. */
  readonly place: StepPlace;
}

/**
 * The steps of a run from `firstStep` to its end: a function of seed and step, so that a run that
 * goes on takes the batches that one without a stop would have taken.
 */
export function* planSteps(
  { count, batchSize, seed, steps, firstStep }: BatchOrderOptions,
): Generator<PlannedStep, void, void> {
  const inEpoch = Math.ceil(count / batchSize);
  let batches: Uint32Array[] = [];
  for (let step = firstStep; step < steps; step++) {
    const epoch = Math.floor(step / inEpoch);
    const place = step % inEpoch;
    if (place === 0 || batches.length === 0) {
      const order = randomStream(seed, "batches", epoch);
      batches = shuffledBatches(count, batchSize, order);
    }
    yield {
      number: step,
      indices: batches[place],
      place: {
        step: step + 1,
        epoch: epoch + 1,
        endsEpoch: place === inEpoch - 1,
      },
    };
  }
}
