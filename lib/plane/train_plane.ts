/** Trains a GAN in the plane, with stops at which it can be inspected. */
import * as tf from "@tensorflow/tfjs";
import { compile } from "../compile/mod.ts";
import type { PlaneGan } from "./plane_gan.ts";
import { createDiscriminatorStep, createPlaneStep } from "./plane_step.ts";

export interface TrainPlaneOptions {
  /**
   * The number of the first step; default 0. Set it above 0 to continue an earlier training run.
   */
  readonly from?: number;
  /** The total number of steps at the end, including the steps of earlier training runs. */
  readonly to: number;
  /** The number of steps between stops. */
  readonly every: number;
}

/** A stop in a training run. */
export interface PlaneReport {
  /** The number of steps so far. */
  readonly step: number;
  /**
   * The mean loss since the last stop. It is missing at the first stop, when no step has been
   * taken.
   */
  readonly discriminatorLoss?: number;
  readonly generatorLoss?: number;
}

/**
 * Takes steps. Stops before the first step, each time the number of steps is a multiple of `every`,
 * and after the last step. Before every stop except the first, waits for a macrotask, so that pages
 * can update and signals can be handled.
 */
export async function* trainPlane(
  gan: PlaneGan,
  { from = 0, to, every }: TrainPlaneOptions,
): AsyncGenerator<PlaneReport> {
  const takeStep = compile(createPlaneStep(gan));
  try {
    yield { step: from };
    for (let step = from; step < to;) {
      const end = Math.min(to, (Math.floor(step / every) + 1) * every);
      const sums = [0, 0];
      for (let i = step; i < end; i++) {
        const losses = tf.tidy(() => takeStep(tf.scalar(i, "int32")).dataSync());
        losses.forEach((loss, k) => sums[k] += loss / (end - step));
      }
      step = end;
      await new Promise((resolve) => setTimeout(resolve, 0));
      yield { step, discriminatorLoss: sums[0], generatorLoss: sums[1] };
    }
  } finally {
    takeStep.dispose();
  }
}

/**
 * Trains only the discriminator, for `steps` steps from step 0 on. The generator does not change.
 */
export function giveHeadStart(gan: PlaneGan, steps: number): void {
  const takeStep = compile(createDiscriminatorStep(gan));
  for (let i = 0; i < steps; i++) tf.tidy(() => takeStep(tf.scalar(i, "int32")));
  takeStep.dispose();
}
