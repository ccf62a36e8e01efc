/**
 * Label smoothing: the targets that the discriminator is trained towards.
 *
 * A named policy says which targets real images get and which generated ones do. Smoothing keeps
 * the discriminator from growing certain, and so keeps gradients for the generator (Salimans et
 * al., arXiv 1606.03498, smooth only the real side; the report smooths both, at random). The
 * generator's own target is always 1.
 */
import * as tf from "@tensorflow/tfjs";
import { type StepNumber, uniform } from "../../engine/random_tensors.ts";

/** A target is drawn evenly from [`from`, `from` + `width`); `width` 0 makes it a constant. */
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
  /** The report's: real 1 − 0.3 + 0.5·U, fake 0.3·U. */
  random: { real: { from: 0.7, width: 0.5 }, fake: { from: 0, width: 0.3 } },
  /**
   * The mean of `random`: equal to it in expectation, since cross-entropy is linear in its target.
   */
  fixed: { real: { from: 0.95, width: 0 }, fake: { from: 0.15, width: 0 } },
  "one-sided": { real: { from: 0.9, width: 0 }, fake: { from: 0, width: 0 } },
  /**
   * `random` on the real side alone, and on the generated side alone: they tell which side does the
   * work.
   */
  "real-only": { real: { from: 0.7, width: 0.5 }, fake: { from: 0, width: 0 } },
  "fake-only": { real: { from: 1, width: 0 }, fake: { from: 0, width: 0.3 } },
  none: { real: { from: 1, width: 0 }, fake: { from: 0, width: 0 } },
};

/**
 * Targets for a batch.
 *
 * @param target what to draw from
 * @param count the batch's size
 * @param seed names the random sequence
 * @param step which draw of it
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

/** A policy's average targets. */
export function meanTargets(
  policy: LabelPolicy,
): { readonly real: number; readonly fake: number } {
  const mean = ({ from, width }: LabelTarget) => from + width / 2;
  return { real: mean(policy.real), fake: mean(policy.fake) };
}

/** Where both losses rest once real and generated images cannot be told apart. */
export interface RestingLosses {
  readonly discriminator: number;
  readonly generator: number;
}

/**
 * The losses at the equilibrium. With equal densities the best discriminator says d = (real + fake)
 * / 2 everywhere; its loss, the mean over both kinds of batch, is then the entropy of d, and the
 * generator's, with target 1, is −ln d.
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
