/**
 * Measures the speed of the current engine by computing matrix products, which dominate training.
 */
import * as tf from "@tensorflow/tfjs";

/**
 * Multiplies two square float32 matrices several times and returns the best speed.
 *
 * @param size number of rows and columns of the matrices
 * @param rounds number of measured products, after one that only warms up the engine
 * @returns speed in 10^9 floating-point operations per second; a multiplication and an addition
 * count as two
 */
export function measureProduct(size: number, rounds = 3): number {
  return tf.tidy(() => {
    const matrix = tf.fill([size, size], 1 / size);
    const seconds = Array.from({ length: rounds + 1 }, () => {
      const start = performance.now();
      // Reads one element, because an engine may put off computing a result until it is read.
      tf.matMul(matrix, matrix).slice([0, 0], [1, 1]).dataSync();
      return (performance.now() - start) / 1000;
    });
    return 2 * size ** 3 / Math.min(...seconds.slice(1)) / 1e9;
  });
}
