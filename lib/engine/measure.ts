/** Measures the speed of the current engine by matrix products. */
import * as tf from "@tensorflow/tfjs";

/**
 * Multiplies two square float32 matrices and returns the best speed.
 *
 * @param size rows and columns
 * @param rounds measured products, after a product to warm up
 * @returns 10^9 floating-point operations per second; a multiplication with its addition counts as
 * two
 */
export function measureProduct(size: number, rounds = 3): number {
  return tf.tidy(() => {
    const matrix = tf.fill([size, size], 1 / size);
    const seconds = Array.from({ length: rounds + 1 }, () => {
      const start = performance.now();
      // Some engines compute a result only when it is read.
      tf.matMul(matrix, matrix).slice([0, 0], [1, 1]).dataSync();
      return (performance.now() - start) / 1000;
    });
    return 2 * size ** 3 / Math.min(...seconds.slice(1)) / 1e9;
  });
}
