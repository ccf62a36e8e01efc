/** Draws random batches from a fixed seed. */
import * as tf from "@tensorflow/tfjs";

const SEED = 1;

/** Returns numbers in [−1, 1). */
export function drawNumbers(shape: number[]): tf.Tensor {
  return tf.randomUniform(shape, -1, 1, "float32", SEED);
}

/** Returns whole numbers from 0 to `limit` − 1, as floats. */
export function drawWholes(shape: number[], limit: number): tf.Tensor {
  return tf.randomUniform(shape, 0, limit, "int32", SEED).cast("float32");
}

/** Returns one-hot rows. */
export function drawOneHots(shape: number[], depth: number): tf.Tensor {
  return tf.oneHot(tf.randomUniform(shape, 0, depth, "int32", SEED), depth).cast("float32");
}
