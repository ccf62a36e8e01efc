/** How fast the engine in use is, by the operation that training spends its time on. */
import * as tf from "@tensorflow/tfjs";

/**
 * Multiplies two square float32 matrices and takes the best time.
 *
 * @param size rows and columns of the matrices
 * @param rounds how often to measure, after one product that warms up
 * @returns 10^9 floating-point operations a second, a multiplication and an addition being two
 */
export function measureProduct(size: number, rounds = 3): number {
  return tf.tidy(() => {
    const matrix = tf.fill([size, size], 1 / size);
    const seconds = Array.from({ length: rounds + 1 }, () => {
      const start = performance.now();
      // One element is read, since an engine may put off what nobody looks at.
      tf.matMul(matrix, matrix).slice([0, 0], [1, 1]).dataSync();
      return (performance.now() - start) / 1000;
    });
    return 2 * size ** 3 / Math.min(...seconds.slice(1)) / 1e9;
  });
}
