/**
 * Creates random tensors that depend only on a shape, a seed and the number of a training step.
 * Uniformly distributed numbers are the same on all engines. Normally distributed numbers may
 * differ slightly between engines, because the results of the functions log, sin and cos may be
 * rounded differently.
 *
 * The native engine uses TensorFlow's operations `StatelessRandomNormal` and
 * `StatelessRandomUniform`. All other engines use random_values.ts, which computes the same
 * numbers. tfjs' own functions `tf.randomNormal` and `tf.dropout` are not used, because they have a
 * hidden state. A training run with a hidden state could not be resumed exactly or compiled into a
 * graph.
 */
import * as tf from "@tensorflow/tfjs";
import { runOperation } from "../native/operations.ts";
import { normalValues, uniformValues } from "./random_values.ts";

/**
 * The number of a training step. If the step number is an input of a graph, then it is a scalar
 * int32 tensor.
 */
export type StepNumber = number | tf.Scalar;

/**
 * Draws a float32 tensor from the standard normal distribution N(0, 1).
 *
 * @param seed an integer from 0 to 2^31 − 1, which selects the sequence of tensors
 * @param step an int32, which selects the tensor in the sequence
 */
export function normal<R extends tf.Rank>(
  shape: readonly number[],
  seed: number,
  step: StepNumber,
): tf.Tensor<R> {
  return draw(shape, seed, step, "StatelessRandomNormal", normalValues);
}

/**
 * Draws a float32 tensor from the uniform distribution on [0, 1), with 23 random bits per number.
 * The parameters are the same as those of {@linkcode normal}.
 */
export function uniform<R extends tf.Rank>(
  shape: readonly number[],
  seed: number,
  step: StepNumber,
): tf.Tensor<R> {
  return draw(shape, seed, step, "StatelessRandomUniform", uniformValues);
}

function draw<R extends tf.Rank>(
  shape: readonly number[],
  seed: number,
  step: StepNumber,
  operation: string,
  fill: typeof normalValues,
): tf.Tensor<R> {
  if (!Number.isInteger(seed) || seed < 0 || seed > 0x7fffffff) {
    throw new RangeError(
      `The seed of a random tensor must be an integer from 0 to 2^31 − 1; found ${seed}.`,
    );
  }
  const dimensions: number[] = [...shape];
  if (tf.getBackend() === "tensorflow") {
    return tf.tidy(() => {
      const key = tf.stack([tf.scalar(seed, "int32"), asTensor(step)]);
      const size = tf.tensor1d(dimensions, "int32");
      return runOperation(operation, {
        dtype: "float32",
        T: "int32",
        Tseed: "int32",
      }, [
        size,
        key,
      ]) as tf.Tensor<R>;
    });
  }
  const count = dimensions.reduce((product, size) => product * size, 1);
  const values: tf.Tensor = tf.tensor(
    fill(count, { seed, step: asNumber(step) }),
    dimensions,
  );
  return values as tf.Tensor<R>;
}

function asTensor(step: StepNumber): tf.Scalar {
  return typeof step === "number" ? tf.scalar(step, "int32") : step;
}

function asNumber(step: StepNumber): number {
  return typeof step === "number" ? step : step.dataSync()[0];
}
