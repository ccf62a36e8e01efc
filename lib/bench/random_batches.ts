/** Draws random batches for benchmarks. All batches are drawn with the same fixed seed. */
import * as tf from "@tensorflow/tfjs";

const SEED = 1;

/** Returns random numbers in [−1, 1). */
export function drawNumbers(shape: number[]): tf.Tensor {
  return tf.randomUniform(shape, -1, 1, "float32", SEED);
}

/** Returns random whole numbers from 0 to `limit` − 1, stored as floats. */
export function drawWholes(shape: number[], limit: number): tf.Tensor {
  return tf.randomUniform(shape, 0, limit, "int32", SEED).cast("float32");
}

/** Returns random one-hot rows. */
export function drawOneHots(shape: number[], depth: number): tf.Tensor {
  return tf.oneHot(tf.randomUniform(shape, 0, depth, "int32", SEED), depth).cast("float32");
}
