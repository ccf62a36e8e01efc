/** Schedules learning rates within a training step. */
import * as tf from "@tensorflow/tfjs";
import type { TrainOptions } from "./gan/options.ts";

/**
 * Lets an optimizer update variables with the step's fraction of its learning rate.
 *
 * The rate of a tfjs optimizer is a JavaScript number, which a graph cannot change from the step's
 * number. The update is proportional to the rate, so this function shortens the update instead.
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
 * Returns the step's fraction of the initial learning rate, which falls linearly from 1 to 0, or
 * undefined if the rate is constant.
 *
 * @param step the step's number, from 0, int32
 * @param steps steps of the whole run
 */
export function scheduledFactor(
  decay: TrainOptions["learningRateDecay"],
  step: tf.Scalar,
  steps: number,
): tf.Scalar | undefined {
  return decay === "linear" ? tf.sub(1, step.cast("float32").div(steps)) : undefined;
}
