/** Computes binary cross-entropy from logits, also for targets other than 0 and 1. */
import * as tf from "@tensorflow/tfjs";

/**
 * Returns the mean cross-entropy of sigmoid(logits) against the targets as softplus(x) − x·t, which
 * never takes the logarithm of a number that was rounded to zero.
 *
 * @param targets `[batch, 1]`; may lie outside [0, 1], since the student report draws the targets
 * of real images from a range up to 1.2
 * @param logits `[batch, 1]`, before the sigmoid
 * @returns a scalar, in nats
 */
export function binaryCrossEntropy(
  targets: tf.Tensor2D,
  logits: tf.Tensor2D,
): tf.Scalar {
  return tf.tidy(() => tf.softplus(logits).sub(logits.mul(targets)).mean());
}
