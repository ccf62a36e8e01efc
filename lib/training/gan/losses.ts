import * as tf from "@tensorflow/tfjs";

/**
 * Returns the mean cross-entropy of sigmoid(logits), in nats. The code computes the cross-entropy
 * for a logit x and a target t as softplus(x) − x·t. This formula never takes the logarithm of a
 * number that was rounded to zero.
 *
 * @param targets targets of shape `[batch, 1]`, which may be greater than 1: the student report's
 * targets for real images reach 1.2
 * @param logits logits of shape `[batch, 1]`
 * @returns a scalar
 */
export function binaryCrossEntropy(
  targets: tf.Tensor2D,
  logits: tf.Tensor2D,
): tf.Scalar {
  return tf.tidy(() => tf.softplus(logits).sub(logits.mul(targets)).mean());
}
