/**
 * Implements label smoothing, which changes the targets that the discriminator is trained towards.
 *
 * A named policy defines the targets of real images and of generated images. Smoothing keeps the
 * discriminator from becoming overconfident, which preserves gradients for the generator (Salimans
 * et al., arXiv 1606.03498, smooth only the targets of real images; the student report smooths both
 * kinds, at random). The generator's own target is always 1.
 */
import * as tf from "@tensorflow/tfjs";
import { type StepNumber, uniform } from "../../engine/random_tensors.ts";

/** A target drawn uniformly from [`from`, `from` + `width`). A `width` of 0 makes it constant. */
export interface LabelTarget {
  readonly from: number;
  readonly width: number;
}

export interface LabelPolicy {
  readonly real: LabelTarget;
  readonly fake: LabelTarget;
}

export const labelPolicyNames = [
  "random",
  "fixed",
  "one-sided",
  "real-only",
  "fake-only",
  "none",
] as const;
export type LabelPolicyName = (typeof labelPolicyNames)[number];

export const labelPolicies: Readonly<Record<LabelPolicyName, LabelPolicy>> = {
  /** The report's policy, where U is uniform on [0, 1): real 0.7 + 0.5·U, generated 0.3·U. */
  random: { real: { from: 0.7, width: 0.5 }, fake: { from: 0, width: 0.3 } },
  /**
   * The mean targets of `random`. The expected loss is the same, because cross-entropy is linear in
   * its target.
   */
  fixed: { real: { from: 0.95, width: 0 }, fake: { from: 0.15, width: 0 } },
  "one-sided": { real: { from: 0.9, width: 0 }, fake: { from: 0, width: 0 } },
  /**
   * This policy and the next one each apply `random` to only one kind of image, to show which kind
   * matters.
   */
  "real-only": { real: { from: 0.7, width: 0.5 }, fake: { from: 0, width: 0 } },
  "fake-only": { real: { from: 1, width: 0 }, fake: { from: 0, width: 0.3 } },
  none: { real: { from: 1, width: 0 }, fake: { from: 0, width: 0 } },
};

/**
 * Draws targets for a batch.
 *
 * @param target range to draw the targets from
 * @param count size of the batch
 * @param seed seed of the random sequence
 * @param step index of the draw in the sequence
 * @returns `[count, 1]`
 */
export function drawTargets(
  target: LabelTarget,
  count: number,
  seed: number,
  step: StepNumber,
): tf.Tensor2D {
  if (target.width === 0) return tf.fill([count, 1], target.from);
  return tf.tidy(() =>
    uniform<tf.Rank.R2>([count, 1], seed, step).mul(target.width).add(
      target.from,
    )
  );
}

/** Returns the mean targets of a policy. */
export function meanTargets(
  policy: LabelPolicy,
): { readonly real: number; readonly fake: number } {
  const mean = ({ from, width }: LabelTarget) => from + width / 2;
  return { real: mean(policy.real), fake: mean(policy.fake) };
}

/** The losses of both networks once real and generated images cannot be told apart. */
export interface RestingLosses {
  readonly discriminator: number;
  readonly generator: number;
}

/**
 * Returns the losses at the equilibrium. If real and generated images have the same distribution,
 * the best discriminator outputs d = (real + fake) / 2 everywhere. Its loss, the mean over both
 * kinds of batch, is then the entropy of d. The generator's loss, with target 1, is −ln d.
 *
 * @example The report's smoothing
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * const { discriminator, generator } = restingLosses(labelPolicies.random);
 * assertAlmostEquals(discriminator, 0.688, 5e-4);
 * assertAlmostEquals(generator, 0.598, 5e-4);
 * ```
 */
export function restingLosses(policy: LabelPolicy): RestingLosses {
  const { real, fake } = meanTargets(policy);
  const d = (real + fake) / 2;
  return {
    discriminator: -d * Math.log(d) - (1 - d) * Math.log(1 - d),
    generator: -Math.log(d),
  };
}
