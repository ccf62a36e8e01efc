import * as tf from "@tensorflow/tfjs";
import type { TrainOptions } from "./gan/options.ts";

/**
 * Updates variables at a fraction of an optimizer's learning rate. In tfjs, the rate is a
 * JavaScript number. A compiled graph cannot change it. Updates are proportional to the rate, so
 * the update is scaled instead.
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
 * Returns a step's learning rate as a fraction of the initial rate. The fraction falls linearly
 * from 1 to 0. Returns undefined if the rate is constant.
 *
 * @param step counted from 0; int32
 * @param steps number of steps in the whole run
 */
export function scheduledFactor(
  decay: TrainOptions["learningRateDecay"],
  step: tf.Scalar,
  steps: number,
): tf.Scalar | undefined {
  return decay === "linear" ? tf.sub(1, step.cast("float32").div(steps)) : undefined;
}
