/** Binary cross-entropy from logits, for targets that need not be 0 or 1. */
import * as tf from "@tensorflow/tfjs";

/**
 * Mean cross-entropy of sigmoid(logits) against the targets: softplus(x) − x·t, which never takes
 * the logarithm of a number that rounded to zero.
 *
 * @param targets `[batch, 1]`; outside [0, 1] they are allowed (the report draws real ones up to
 * 1.2)
 * @param logits `[batch, 1]`, before the sigmoid
 * @returns a scalar, in nats
 */
export function binaryCrossEntropy(
  targets: tf.Tensor2D,
  logits: tf.Tensor2D,
): tf.Scalar {
  return tf.tidy(() => tf.softplus(logits).sub(logits.mul(targets)).mean());
}
