/** The schedule of a learning rate, and the way to set it on one of tfjs' optimizers. */
import type * as tf from "@tensorflow/tfjs";
import type { TrainOptions } from "./options.ts";

/** The share of the initial learning rate that holds at a step: 1, or falling to 0 in a straight line. */
export function learningRateFactor(
  decay: TrainOptions["learningRateDecay"],
  step: number,
  steps: number,
): number {
  return decay === "linear" ? 1 - step / steps : 1;
}

/** Sets the learning rate of the following updates. tfjs has the field but, for Adam, no public way to it. */
export function setLearningRate(optimizer: tf.Optimizer, rate: number): void {
  (optimizer as unknown as { learningRate: number }).learningRate = rate;
}
