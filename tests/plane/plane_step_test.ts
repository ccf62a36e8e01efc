import { assert, assertAlmostEquals, assertEquals, assertNotEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { drawBlobs } from "../../lib/plane/blobs.ts";
import { descents, parsePlaneOptions, type PlaneOptions } from "../../lib/plane/options.ts";
import {
  copyPlaneGan,
  createPlaneGan,
  disposePlaneGan,
  type PlaneGan,
  withChanges,
  withNewGenerator,
  withNewOptimizers,
} from "../../lib/plane/plane_gan.ts";
import {
  createDiscriminatorStep,
  createPlaneStep,
  lossOfGenerator,
} from "../../lib/plane/plane_step.ts";
import { useNative, withoutLeaks } from "../support/engine.ts";

Deno.test("each network is changed only by its own updates", async () => {
  await useNative();
  const cases: [Partial<PlaneOptions>, discriminator: boolean, generator: boolean][] = [
    [{}, true, true],
    [{ generatorRate: 0 }, true, false],
    [{ discriminatorRate: 0 }, false, true],
    [{ generatorDescent: "plain", discriminatorRate: 0 }, false, true],
    [{ noise: 0.3, slopePenalty: 0.1, generatorRate: 0 }, true, false],
  ];
  for (const [changes, discriminator, generator] of cases) {
    const gan = small(changes);
    const before = weightsOf(gan);
    run(createPlaneStep(gan), 1);
    const after = weightsOf(gan);
    const name = JSON.stringify(changes);
    assertEquals(after.discriminator !== before.discriminator, discriminator, name);
    assertEquals(after.generator !== before.generator, generator, name);
    disposePlaneGan(gan);
  }
});

Deno.test("a head start does not change the generator", async () => {
  await useNative();
  const gan = small();
  const before = weightsOf(gan);
  run(createDiscriminatorStep(gan), 2);
  assertEquals(weightsOf(gan).generator, before.generator);
  assertNotEquals(weightsOf(gan).discriminator, before.discriminator);
  disposePlaneGan(gan);
});

Deno.test("the generator's losses are ln(1 − D) and −ln D", async () => {
  await useNative();
  for (const logit of [-4, 0, 3]) {
    const d = 1 / (1 + Math.exp(-logit));
    const loss = (name: "minimax" | "non-saturating") =>
      tf.tidy(() => lossOfGenerator[name](tf.tensor2d([[logit]])).dataSync()[0]);
    assertAlmostEquals(loss("minimax"), Math.log(1 - d), 1e-5);
    assertAlmostEquals(loss("non-saturating"), -Math.log(d), 1e-5);
  }
});

Deno.test("noise and penalty change the discriminator's loss, and more updates change the weights", async () => {
  await useNative();
  const lossOf = (changes: Partial<PlaneOptions>) => {
    const gan = small(changes);
    const [loss] = run(createPlaneStep(gan), 1);
    const weights = weightsOf(gan).discriminator;
    disposePlaneGan(gan);
    return { loss, weights };
  };
  const plain = lossOf({});
  assertNotEquals(lossOf({ noise: 0.5 }).loss, plain.loss);
  assert(lossOf({ slopePenalty: 10 }).loss > plain.loss);
  assertNotEquals(lossOf({ discriminatorSteps: 2 }).weights, plain.weights);
  const generatorAfter = (generatorSteps: number) => {
    const gan = small({ generatorSteps });
    run(createPlaneStep(gan), 1);
    const { generator } = weightsOf(gan);
    disposePlaneGan(gan);
    return generator;
  };
  assertNotEquals(generatorAfter(2), generatorAfter(1));
});

Deno.test("the penalty is half the mean squared slope, and reduces the slope", async () => {
  await useNative();
  const lossOf = (slopePenalty: number) => {
    const gan = small({ slopePenalty, noise: 0 });
    const losses = [run(createDiscriminatorStep(gan), 1)[0], run(createPlaneStep(gan), 40)[0]];
    const slope = meanSquaredSlope(gan);
    disposePlaneGan(gan);
    return { first: losses[0], slope };
  };
  const gan = small();
  // The loss is the mean over both kinds of points, so it contains half of the penalty.
  const expected = 0.5 * (8 / 2) * meanSquaredSlope(gan);
  disposePlaneGan(gan);
  const [plain, punished] = [lossOf(0), lossOf(8)];
  assertAlmostEquals(punished.first - plain.first, expected, 0.2 * expected);
  assert(punished.slope < plain.slope, `${punished.slope} < ${plain.slope}`);
});

Deno.test("equal seeds give equal training runs, and different seeds give different ones", async () => {
  await useNative();
  const train = (seed: number) => {
    const gan = small({ seed });
    run(createPlaneStep(gan), 3);
    const weights = weightsOf(gan);
    disposePlaneGan(gan);
    return weights;
  };
  assertEquals(train(1), train(1));
  assertNotEquals(train(1), train(2));
});

Deno.test("a copy trains like its original, and each is independent of the other", async () => {
  await useNative();
  for (const generatorDescent of descents) {
    const gan = small({ generatorDescent });
    run(createPlaneStep(gan), 3);
    const copy = copyPlaneGan(gan);
    run(createPlaneStep(copy), 2);
    const ofCopy = weightsOf(copy);
    assertNotEquals(weightsOf(gan), ofCopy);
    run(createPlaneStep(gan), 2);
    assertEquals(weightsOf(gan), ofCopy, generatorDescent);
    for (const one of [gan, copy]) disposePlaneGan(one);
  }
});

Deno.test(
  "changed options keep the weights, replace only the changed parts, and leak no tensors",
  withoutLeaks(async () => {
    await useNative();
    let gan = small();
    run(createPlaneStep(gan), 2);
    const trained = weightsOf(gan);
    gan = withChanges(gan, { generatorRate: 0 });
    assertEquals(weightsOf(gan), trained);
    run(createPlaneStep(gan), 1);
    assertEquals(weightsOf(gan).generator, trained.generator, "the new rate holds");
    gan = withNewOptimizers(gan);
    const { discriminator } = weightsOf(gan);
    gan = withNewGenerator(gan);
    const fresh = small();
    assertEquals(weightsOf(gan).generator, weightsOf(fresh).generator);
    assertEquals(weightsOf(gan).discriminator, discriminator);
    for (const one of [gan, fresh]) disposePlaneGan(one);
  }),
);

function small(changes: Partial<PlaneOptions> = {}): PlaneGan {
  return createPlaneGan(parsePlaneOptions({ hidden: [8], batchSize: 16, ...changes }));
}

/** Computes the mean squared slope at real points with the ordinary network. */
function meanSquaredSlope(gan: PlaneGan): number {
  return tf.tidy(() => {
    const logits = (x: tf.Tensor) => (gan.discriminator.apply(x) as tf.Tensor).sum();
    return tf.grad(logits)(drawBlobs(2000, 1, 0)).square().sum(1).mean().dataSync()[0];
  });
}

function run(step: (number: tf.Scalar) => tf.Tensor, count: number): number[] {
  let result: number[] = [];
  for (let i = 0; i < count; i++) {
    result = tf.tidy(() => [...step(tf.scalar(i, "int32")).dataSync()]);
  }
  return result;
}

function weightsOf(gan: PlaneGan): { readonly generator: string; readonly discriminator: string } {
  const text = (model: tf.LayersModel) =>
    model.getWeights().map((weights) => weights.dataSync().join()).join();
  return { generator: text(gan.generator), discriminator: text(gan.discriminator) };
}
