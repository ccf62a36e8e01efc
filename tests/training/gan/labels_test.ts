import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import {
  drawTargets,
  labelPolicies,
  type LabelPolicyName,
  labelPolicyNames,
  type LabelTarget,
  meanTargets,
  restingLosses,
} from "../../../lib/training/gan/labels.ts";
import { useNative } from "../../support/engine.ts";

/**
 * The smallest, the largest and the mean target of each label policy. One of the policies comes
 * from the student report, and the others are variants of it.
 */
const cases: Readonly<
  Record<
    LabelPolicyName,
    { real: [number, number, number]; fake: [number, number, number] }
  >
> = {
  random: { real: [0.7, 1.2, 0.95], fake: [0, 0.3, 0.15] },
  fixed: { real: [0.95, 0.95, 0.95], fake: [0.15, 0.15, 0.15] },
  "one-sided": { real: [0.9, 0.9, 0.9], fake: [0, 0, 0] },
  "real-only": { real: [0.7, 1.2, 0.95], fake: [0, 0, 0] },
  "fake-only": { real: [1, 1, 1], fake: [0, 0.3, 0.15] },
  none: { real: [1, 1, 1], fake: [0, 0, 0] },
};

Deno.test("each policy draws targets in its range, with its mean, for real and generated images", async () => {
  await useNative();
  for (const name of labelPolicyNames) {
    for (const side of ["real", "fake"] as const) {
      const [least, largest, mean] = cases[name][side];
      const values = draw(labelPolicies[name][side], 20_000, 1, 0);
      // In float32, numbers such as 0.9 are rounded by up to 6e-8.
      assert(
        values.every((value) => value >= least - 1e-7 && value <= largest + 1e-7),
        `${name} ${side}`,
      );
      const deviation = (largest - least) / Math.sqrt(12);
      const found = values.reduce((sum, value) => sum + value, 0) /
        values.length;
      assertAlmostEquals(
        found,
        mean,
        1e-6 + 5 * deviation / Math.sqrt(values.length),
        `${name} ${side}`,
      );
      assertAlmostEquals(meanTargets(labelPolicies[name])[side], mean, 1e-12);
    }
  }
});

Deno.test("targets have one row per image, whether they are random or constant", async () => {
  await useNative();
  for (const target of [labelPolicies.random.real, labelPolicies.fixed.real]) {
    tf.tidy(() => assertEquals(drawTargets(target, 5, 1, 0).shape, [5, 1]));
  }
});

Deno.test("random targets differ within a batch and between steps, and constant ones do not", async () => {
  await useNative();
  const { random, fixed } = labelPolicies;
  assertEquals(new Set(draw(random.real, 128, 1, 0)).size, 128);
  assert(draw(random.real, 128, 1, 0)[0] !== draw(random.real, 128, 1, 1)[0]);
  assertEquals(
    new Set([...draw(fixed.fake, 128, 1, 0), ...draw(fixed.fake, 128, 1, 1)])
      .size,
    1,
  );
});

Deno.test("losses settle at .688 and .598 for smoothed labels, and ln 2 for plain ones", () => {
  for (const name of ["random", "fixed"] as const) {
    const { discriminator, generator } = restingLosses(labelPolicies[name]);
    assertAlmostEquals(discriminator, 0.68814, 1e-5);
    assertAlmostEquals(generator, 0.59784, 1e-5);
  }
  const { discriminator, generator } = restingLosses(labelPolicies.none);
  assertAlmostEquals(discriminator, Math.LN2, 1e-12);
  assertAlmostEquals(generator, Math.LN2, 1e-12);
});

Deno.test("no constant output of the discriminator has a lower loss than that at which losses settle", () => {
  for (const name of labelPolicyNames) {
    const { real, fake } = meanTargets(labelPolicies[name]);
    const rest = restingLosses(labelPolicies[name]).discriminator;
    for (let d = 0.01; d < 1; d += 0.01) {
      const loss = (target: number) => -target * Math.log(d) - (1 - target) * Math.log(1 - d);
      assert((loss(real) + loss(fake)) / 2 >= rest - 1e-12, `${name} at ${d}`);
    }
  }
});

function draw(
  target: LabelTarget,
  count: number,
  seed: number,
  step: number,
): number[] {
  return tf.tidy(() => [...drawTargets(target, count, seed, step).dataSync()]);
}
