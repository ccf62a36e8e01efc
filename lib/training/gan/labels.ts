/**
 * Implements label smoothing, which changes the discriminator's targets in training.
 *
 * Each policy has a name, and defines the targets for real images and for generated images. With a
 * target between 0 and 1, the best logit for the discriminator is finite, so the discriminator
 * gains nothing by becoming certain. The generator gets a useful gradient even without smoothing,
 * because its loss, −ln D, has a steep slope with respect to the logit whenever the discriminator
 * rejects an image.
 *
 * Salimans et al. (arXiv 1606.03498) smooth only the targets for real images. The student report
 * smooths the targets for both kinds of image, at random. The generator's own target is always 1.
 */
import * as tf from "@tensorflow/tfjs";
import { type StepNumber, uniform } from "../../engine/random_tensors.ts";

/** A target that is drawn uniformly from [`from`, `from` + `width`). */
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
  /**
   * The policy of the student report. The targets are 0.7 + 0.5·U for real images and 0.3·U for
   * generated images, where U is uniform on [0, 1).
   */
  random: { real: { from: 0.7, width: 0.5 }, fake: { from: 0, width: 0.3 } },
  /**
   * The targets of this policy are the means of the targets of `random`. Both policies have the
   * same expected loss, because cross-entropy is linear in the target.
   */
  fixed: { real: { from: 0.95, width: 0 }, fake: { from: 0.15, width: 0 } },
  "one-sided": { real: { from: 0.9, width: 0 }, fake: { from: 0, width: 0 } },
  /**
   * The policies `real-only` and `fake-only` smooth the targets of one kind of image only. They
   * show for which kind of image smoothing matters.
   */
  "real-only": { real: { from: 0.7, width: 0.5 }, fake: { from: 0, width: 0 } },
  "fake-only": { real: { from: 1, width: 0 }, fake: { from: 0, width: 0.3 } },
  none: { real: { from: 1, width: 0 }, fake: { from: 0, width: 0 } },
};

/**
 * Draws the targets for a batch.
 *
 * @param step number of the draw; the seed and this number together determine the random targets
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

/** Returns the mean target of a policy for real images and for generated images. */
export function meanTargets(
  policy: LabelPolicy,
): { readonly real: number; readonly fake: number } {
  const mean = ({ from, width }: LabelTarget) => from + width / 2;
  return { real: mean(policy.real), fake: mean(policy.fake) };
}

/** The losses at equilibrium, where real and generated images have the same distribution. */
export interface RestingLosses {
  readonly discriminator: number;
  readonly generator: number;
}

/**
 * Returns the losses at equilibrium. At equilibrium, the best discriminator outputs the same number
 * d for every image, where d is the mean of all targets. The discriminator's loss is then the
 * entropy of a binary variable with probability d. The generator's loss is −ln d, because the
 * generator's target is 1.
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
