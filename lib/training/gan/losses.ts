import * as tf from "@tensorflow/tfjs";

/**
 * Returns the mean cross-entropy of sigmoid(logits), in nats. For a logit x and a target t, the
 * formula softplus(x) − x·t never takes the logarithm of a number that was rounded to zero.
 *
 * @param targets `[batch, 1]`; the student report's targets for real images reach 1.2
 * @param logits `[batch, 1]`
 * @returns a scalar
 */
export function binaryCrossEntropy(
  targets: tf.Tensor2D,
  logits: tf.Tensor2D,
): tf.Scalar {
  return tf.tidy(() => tf.softplus(logits).sub(logits.mul(targets)).mean());
}
