import { shuffledBatches } from "../dataset/batches.ts";
import { randomStream } from "../random.ts";
import type { StepPlace } from "./progress.ts";

export interface BatchOrderOptions {
  readonly count: number;
  readonly batchSize: number;
  readonly seed: number;
  /** Number of steps in the whole run. */
  readonly steps: number;
  /** Number of steps already taken; 0 for a new run. */
  readonly firstStep: number;
}

/** A step that has yet to be taken. */
export interface PlannedStep {
  /** The step number, counting from 0. */
  readonly number: number;
  readonly indices: Uint32Array;
  readonly place: StepPlace;
}

/**
 * Yields the steps of a run, beginning with `firstStep`. Every epoch uses each image once, in a new
 * random order. Each batch depends only on the seed and on the number of the step, so a resumed run
 * uses the same batches as an uninterrupted run.
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
