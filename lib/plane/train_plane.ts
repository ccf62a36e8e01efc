import * as tf from "@tensorflow/tfjs";
import { compile } from "../compile/mod.ts";
import type { PlaneGan } from "./plane_gan.ts";
import { createDiscriminatorStep, createPlaneStep } from "./plane_step.ts";

export interface TrainPlaneOptions {
  /** Number of steps that were already taken; default 0. */
  readonly from?: number;
  /** Total number of steps at the end of the run, including the steps that were already taken. */
  readonly to: number;
  /** Number of steps between two stops. */
  readonly every: number;
}

/** A report on a training run at one of its stops. */
export interface PlaneReport {
  readonly step: number;
  /** Mean loss since the previous stop; missing at the first stop. */
  readonly discriminatorLoss?: number;
  readonly generatorLoss?: number;
}

/**
 * Trains a GAN and yields a report at each stop. There is a stop before the first step, after each
 * multiple of `every` steps, and after the last step. Before each stop except the first, the
 * function waits for a macrotask, so that pages can update and signals can arrive.
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

/** Trains only the discriminator, for `steps` steps. */
export function giveHeadStart(gan: PlaneGan, steps: number): void {
  const takeStep = compile(createDiscriminatorStep(gan));
  for (let i = 0; i < steps; i++) tf.tidy(() => takeStep(tf.scalar(i, "int32")));
  takeStep.dispose();
}
