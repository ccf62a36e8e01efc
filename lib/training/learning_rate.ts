/** Applies the learning-rate schedule within a training step. */
import * as tf from "@tensorflow/tfjs";
import type { TrainOptions } from "./gan/options.ts";

/**
 * Lets an optimizer update variables at a fraction of its learning rate.
 *
 * A tfjs optimizer's rate is a JavaScript number, so a compiled graph cannot change it from step to
 * step. The update is proportional to the rate, so this function scales the update instead.
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
 * Returns the fraction of the initial learning rate that applies to a step. It falls linearly from
 * 1 to 0. Returns undefined if the rate is constant.
 *
 * @param step the step's number, from 0, int32
 * @param steps number of steps in the whole run
 */
export function scheduledFactor(
  decay: TrainOptions["learningRateDecay"],
  step: tf.Scalar,
  steps: number,
): tf.Scalar | undefined {
  return decay === "linear" ? tf.sub(1, step.cast("float32").div(steps)) : undefined;
}
