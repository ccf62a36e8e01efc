/**
 * Creates random tensors that depend only on their shape, a seed and a step, and are the same on
 * every engine.
 *
 * The native engine uses TensorFlow's `StatelessRandomNormal` and `StatelessRandomUniform`; the
 * other engines compute the same numbers in TypeScript (random_values.ts). Uniform numbers agree
 * bit for bit. Normal numbers agree except for rounding in log, sin and cos.
 *
 * tfjs' own `tf.randomNormal`, `tf.dropout` and similar functions draw their numbers in JavaScript,
 * using a hidden state. A run that used them could neither be resumed exactly nor compiled into a
 * graph.
 */
import * as tf from "@tensorflow/tfjs";
import { runOperation } from "../native/operations.ts";
import { normalValues, uniformValues } from "./random_values.ts";

/**
 * The number of a step in the training loop. It is either a plain number or a scalar int32 tensor,
 * which can be an input of a graph.
 */
export type StepNumber = number | tf.Scalar;

/**
 * Returns a tensor of numbers drawn from the normal distribution N(0, 1).
 *
 * @param shape the tensor's shape
 * @param seed a non-negative 31-bit integer that selects the sequence (`deriveSeed` in random.ts
 * makes one)
 * @param step index of the tensor in the sequence: an int32 number or scalar tensor
 * @returns float32 tensor of `shape`
 */
export function normal<R extends tf.Rank>(
  shape: readonly number[],
  seed: number,
  step: StepNumber,
): tf.Tensor<R> {
  return draw(shape, seed, step, "StatelessRandomNormal", normalValues);
}

/**
 * Returns a tensor of numbers drawn uniformly from [0, 1), with 23 random bits each. Takes the same
 * parameters as {@linkcode normal}.
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
