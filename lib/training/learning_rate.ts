import * as tf from "@tensorflow/tfjs";
import type { TrainOptions } from "./gan/options.ts";

/**
 * Updates variables at a fraction of an optimizer's learning rate. In tfjs, the learning rate is a
 * JavaScript number, which a compiled graph cannot change. So the optimizer updates the variables
 * at its full rate, and this function then multiplies the change of each variable by `factor`. This
 * has the same effect as a lower rate, because the change is proportional to the rate.
 *
 * @param factor the fraction as a scalar from 0 to 1; undefined stands for 1
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
 * Returns the learning rate of a step as a fraction of the initial rate. If the decay is linear,
 * then the fraction falls from 1 to 0 over the run. If the rate is constant, then the function
 * returns undefined.
 *
 * @param step the number of the step, counted from 0, as an int32 scalar
 * @param steps number of steps in the whole run
 */
export function scheduledFactor(
  decay: TrainOptions["learningRateDecay"],
  step: tf.Scalar,
  steps: number,
): tf.Scalar | undefined {
  return decay === "linear" ? tf.sub(1, step.cast("float32").div(steps)) : undefined;
}
