/** The schedule of learning rates, as part of a training step. */
import * as tf from "@tensorflow/tfjs";
import type { TrainOptions } from "./gan/options.ts";

/**
 * Lets an optimizer update variables, at the share of its learning rate that the schedule has for
 * the step.
 *
 * tfjs' optimizers have their rate as a JavaScript number, which nothing in a graph can change from
 * the step's number. The update is proportional to the rate, so the schedule shortens the update
 * instead.
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
 * The share of the initial learning rate that holds at a step, falling from 1 to 0 in a straight
 * line; undefined where the rate does not change.
 *
 * @param step the step's number, from 0, int32
 * @param steps how many steps the run has
 */
export function scheduledFactor(
  decay: TrainOptions["learningRateDecay"],
  step: tf.Scalar,
  steps: number,
): tf.Scalar | undefined {
  return decay === "linear" ? tf.sub(1, step.cast("float32").div(steps)) : undefined;
}
