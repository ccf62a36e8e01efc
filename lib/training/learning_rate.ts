/** Applies the learning-rate schedule within a training step. */
import * as tf from "@tensorflow/tfjs";
import type { TrainOptions } from "./gan/options.ts";

/**
 * Updates variables with an optimizer, but at a fraction of the optimizer's learning rate.
 *
 * The learning rate of a tfjs optimizer is a JavaScript number, so a compiled graph cannot change
 * it from step to step. Since each update is proportional to the rate, this function scales the
 * update instead.
 *
 * @param factor a scalar from 0 to 1; undefined stands for 1
 */
export function applyScheduled(
  optimizer: tf.Optimizer,
  variables: readonly tf.Variable[],
  gradients: tf.NamedTensorMap,
  factor: tf.Scalar | undefined,
): void {
  if (factor === undefined) return optimizer.applyGradients(gradients);
  const before = variables.map((variable) => variable.clone());
  optimizer.applyGradients(gradients);
  variables.forEach((variable, i) =>
    variable.assign(before[i].add(variable.sub(before[i]).mul(factor)))
  );
}

/**
 * Returns the learning rate for a step, as a fraction of the initial rate. The fraction falls
 * linearly from 1 to 0. Returns undefined if the rate is constant.
 *
 * @param step the number of the step, counted from 0; int32
 * @param steps the number of steps in the whole run
 */
export function scheduledFactor(
  decay: TrainOptions["learningRateDecay"],
  step: tf.Scalar,
  steps: number,
): tf.Scalar | undefined {
  return decay === "linear" ? tf.sub(1, step.cast("float32").div(steps)) : undefined;
}
