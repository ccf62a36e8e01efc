/** Draws latents from N(0, 1). Training and sampling use the same distribution. */
import type * as tf from "@tensorflow/tfjs";
import { normal, type StepNumber } from "../engine/random_tensors.ts";

/** Draws latents `[count, latentSize]`. They depend only on the seed and the step. */
export function drawLatents(
  count: number,
  latentSize: number,
  seed: number,
  step: StepNumber,
): tf.Tensor2D {
  return normal<tf.Rank.R2>([count, latentSize], seed, step);
}
