import type * as tf from "@tensorflow/tfjs";
import { normal, type StepNumber } from "../engine/random_tensors.ts";

/** Draws latents `[count, latentSize]` from N(0, 1), for training and for sampling. */
export function drawLatents(
  count: number,
  latentSize: number,
  seed: number,
  step: StepNumber,
): tf.Tensor2D {
  return normal<tf.Rank.R2>([count, latentSize], seed, step);
}
