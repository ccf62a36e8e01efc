/** Computes the binary cross-entropy from logits. Targets need not be 0 or 1. */
import * as tf from "@tensorflow/tfjs";

/**
 * Returns the mean cross-entropy of sigmoid(logits) against the targets. For a logit x and a target
 * t, it is computed as softplus(x) − x·t. This formula never takes the logarithm of a number that
 * was rounded to zero.
 *
 * @param targets `[batch, 1]`. Targets may lie outside [0, 1]: the student report draws the targets
 * for real images from a range that ends at 1.2.
 * @param logits `[batch, 1]`, before the sigmoid
 * @returns a scalar, in nats
 */
export function binaryCrossEntropy(
  targets: tf.Tensor2D,
  logits: tf.Tensor2D,
): tf.Scalar {
  return tf.tidy(() => tf.softplus(logits).sub(logits.mul(targets)).mean());
}
