/** Measures how fast the current engine multiplies matrices. */
import * as tf from "@tensorflow/tfjs";

/**
 * Multiplies two square float32 matrices several times, and returns the highest speed.
 *
 * @param size number of rows and of columns of each matrix
 * @param rounds number of products that are measured; one more product is computed first as a
 * warm-up, and its time is ignored
 * @returns the speed in 10^9 floating-point operations per second; a multiplication and the
 * addition after it count as two operations
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
