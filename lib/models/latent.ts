import type * as tf from "@tensorflow/tfjs";
import { normal, type StepNumber } from "../engine/random_tensors.ts";

/**
 * Draws latents of shape `[count, latentSize]` from the normal distribution N(0, 1). Both training
 * and sampling use this function.
 */
export function drawLatents(
  count: number,
  latentSize: number,
  seed: number,
  step: StepNumber,
): tf.Tensor2D {
  return normal<tf.Rank.R2>([count, latentSize], seed, step);
}
