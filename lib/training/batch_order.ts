/**
 * Chooses the images for each step. Every epoch uses each image once, in a new order. This works
 * for every kind of training.
 */
import { shuffledBatches } from "../dataset/batches.ts";
import { randomStream } from "../random.ts";
import type { StepPlace } from "./progress.ts";

export interface BatchOrderOptions {
  /** The number of images to choose from. */
  readonly count: number;
  readonly batchSize: number;
  readonly seed: number;
  /** The number of steps in the whole run. */
  readonly steps: number;
  /** The number of steps that have already been taken. */
  readonly firstStep: number;
}

/** A step to take. */
export interface PlannedStep {
  /** The number of the step, counted from 0. */
  readonly number: number;
  /** The indices of the images in the step's batch. */
  readonly indices: Uint32Array;
  /** The run's position after the step. */
  readonly place: StepPlace;
}

/**
 * Yields the steps of a run, from step `firstStep` to the last one. A step's batch depends only on
 * the seed and the step's number, so a resumed run uses the same batches as an uninterrupted run.
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
