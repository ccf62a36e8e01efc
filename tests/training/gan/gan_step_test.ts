import { assert, assertAlmostEquals, assertEquals, assertNotEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { startEngine } from "../../../lib/engine/backend.ts";
import { compile, type CompileOptions } from "../../../lib/compile/mod.ts";
import { createGan, disposeGan, type Gan } from "../../../lib/training/gan/gan.ts";
import { createGanStep } from "../../../lib/training/gan/gan_step.ts";
import { labelPolicyNames } from "../../../lib/training/gan/labels.ts";
import type { TrainOptions } from "../../../lib/training/gan/options.ts";
import { useNative, withoutLeaks } from "../../support/engine.ts";
import { toyOptions } from "../../support/toy.ts";

const IMAGE_SIZE = 10;

/** Options that differ from the defaults: label policies, architectures and training techniques. */
const variants: readonly Partial<TrainOptions>[] = [
  ...labelPolicyNames.map((labels) => ({ labels })),
  { generatorActivation: "relu", discriminatorActivation: "relu" },
  { generatorLayers: [], discriminatorLayers: [] },
  { latentSize: 1 },
  { dropout: 0 },
  { averageDecay: 0 },
  { fakeStatistics: "batch" },
  { discriminatorSteps: 3, generatorSteps: 2 },
  { learningRateDecay: "linear" },
];

Deno.test(
  "the generator's update leaves the discriminator's weights unchanged",
  withoutLeaks(async () => {
    await useNative();
    const gan = createGan(toyOptions(), IMAGE_SIZE);
    // The learning rate of the discriminator's own updates is zero, so only the generator's update
    // could change the discriminator.
    setLearningRate(gan.discriminatorOptimizer, 0);
    const before = weightsOf(gan.discriminator);
    const generatorBefore = weightsOf(gan.generator);
    takeSteps(gan, toyOptions(), 1);
    assertEquals(weightsOf(gan.discriminator), before);
    assertNotEquals(weightsOf(gan.generator), generatorBefore);
    disposeGan(gan);
  }),
);

Deno.test(
  "the discriminator's updates leave the generator's weights unchanged",
  withoutLeaks(async () => {
    await useNative();
    const gan = createGan(toyOptions(), IMAGE_SIZE);
    setLearningRate(gan.generatorOptimizer, 0);
    const before = trainableOf(gan.generator);
    const discriminatorBefore = weightsOf(gan.discriminator);
    takeSteps(gan, toyOptions(), 1);
    assertEquals(trainableOf(gan.generator), before);
    assertNotEquals(weightsOf(gan.discriminator), discriminatorBefore);
    disposeGan(gan);
  }),
);

Deno.test(
  "a step updates the moving statistics once, or twice if generated images use the batch's statistics",
  withoutLeaks(async () => {
    await useNative();
    for (
      const [fakeStatistics, updates] of [["moving", 1], ["batch", 2]] as const
    ) {
      const options = toyOptions({ fakeStatistics });
      const gan = createGan(options, IMAGE_SIZE);
      // The variances of the batches are near zero compared with the initial value. What remains of
      // the initial value therefore shows how often the moving variance was updated.
      const layer = gan.generator.getLayer("batch_norm_1");
      tf.tidy(() => {
        const weights = layer.getWeights();
        layer.setWeights(weights.with(3, weights[3].mul(1e6)));
      });
      takeSteps(gan, options, 1);
      const variance = layer.getWeights()[3].dataSync()[0];
      assertAlmostEquals(variance / 1e6, 0.8 ** updates, 1e-3, fakeStatistics);
      disposeGan(gan);
    }
  }),
);

Deno.test(
  "steps of each architecture, policy and option have finite losses and leak no tensor",
  withoutLeaks(async () => {
    await useNative();
    for (const variant of variants) {
      const options = toyOptions(variant);
      const gan = createGan(options, IMAGE_SIZE);
      takeSteps(gan, options, 1);
      const before = tf.memory().numTensors;
      const measured = takeSteps(gan, options, 3, 1);
      assert(measured.every(Number.isFinite), JSON.stringify(variant));
      assertEquals(tf.memory().numTensors, before, JSON.stringify(variant));
      disposeGan(gan);
    }
  }),
);

Deno.test(
  "equal seeds give equal steps, and different seeds give different ones",
  withoutLeaks(async () => {
    await useNative();
    const run = (seed: number) => {
      const options = toyOptions({ seed });
      const gan = createGan(options, IMAGE_SIZE);
      takeSteps(gan, options, 3);
      const weights = weightsOf(gan.generator);
      disposeGan(gan);
      return weights;
    };
    assertEquals(run(1), run(1));
    assertNotEquals(run(1), run(2));
  }),
);

Deno.test(
  "more discriminator updates per step move the discriminator's weights further",
  withoutLeaks(async () => {
    await useNative();
    const moved = (discriminatorSteps: number) => {
      const options = toyOptions({ discriminatorSteps });
      const gan = createGan(options, IMAGE_SIZE);
      const before = weightsOf(gan.discriminator)[0];
      takeSteps(gan, options, 1);
      const after = weightsOf(gan.discriminator)[0];
      disposeGan(gan);
      return before.reduce(
        (sum, value, i) => sum + Math.abs(after[i] - value),
        0,
      );
    };
    assert(moved(3) > 2 * moved(1));
  }),
);

Deno.test(
  "the moving average follows avg ← d·avg + (1 − d)·w, with d = (1 + t) / (10 + t) at first",
  withoutLeaks(async () => {
    await useNative();
    const options = toyOptions();
    const gan = createGan(options, IMAGE_SIZE);
    let expected = weightsOf(gan.average!);
    for (let t = 0; t < 3; t++) {
      takeSteps(gan, options, 1, t);
      const decay = (1 + t) / (10 + t);
      const weights = weightsOf(gan.generator);
      expected = expected.map((values, i) =>
        values.map((value, j) => decay * value + (1 - decay) * weights[i][j])
      );
    }
    weightsOf(gan.average!).forEach((values, i) =>
      values.forEach((value, j) => assertAlmostEquals(value, expected[i][j], 1e-5))
    );
    disposeGan(gan);
  }),
);

Deno.test("the native and cpu engines take the same steps, except for rounding", async () => {
  const options = toyOptions();
  const run = () => {
    const gan = createGan(options, IMAGE_SIZE);
    const measured = takeSteps(gan, options, 3);
    disposeGan(gan);
    return measured;
  };
  await startEngine({ engine: "cpu" });
  const onCpu = run();
  await useNative();
  run().forEach((value, i) => assertAlmostEquals(value, onCpu[i], 1e-4));
});

Deno.test("compiled steps equal eager ones bit for bit if exact, and otherwise to 1e-4", async () => {
  await useNative();
  for (const variant of variants) {
    const options = toyOptions(variant);
    const run = (compiled?: CompileOptions) => {
      const gan = createGan(options, IMAGE_SIZE);
      const measured = takeSteps(gan, options, 20, 0, compiled);
      const state = [
        gan.generator,
        gan.discriminator,
        ...(gan.average ? [gan.average] : []),
      ].map(weightsOf);
      disposeGan(gan);
      return [measured, ...state.flat()];
    };
    const [eager, what] = [run(), JSON.stringify(variant)];
    assertEquals(run({ exact: true }), eager, what);
    const fused = run({ exact: false });
    eager.forEach((values, i) =>
      values.forEach((value, j) => assertAlmostEquals(fused[i][j], value, 1e-4, what))
    );
  }
});

function takeSteps(
  gan: Gan,
  options: TrainOptions,
  count: number,
  from = 0,
  compiled?: CompileOptions,
): number[] {
  const eager = createGanStep(gan, options, 1000);
  const graph = compile(eager, compiled);
  const step = compiled ? graph : eager;
  let measured: number[] = [];
  for (let i = from; i < from + count; i++) {
    tf.tidy(() => {
      const images = tf.linspace(-1, 1, 16 * IMAGE_SIZE).reshape([
        16,
        IMAGE_SIZE,
      ]) as tf.Tensor2D;
      measured = [...step(images, tf.scalar(i, "int32")).dataSync()];
    });
  }
  graph.dispose();
  return measured;
}

function weightsOf(model: tf.LayersModel): number[][] {
  return model.getWeights().map((weight) => [...weight.dataSync()]);
}

function trainableOf(model: tf.LayersModel): number[][] {
  return model.trainableWeights.map((weight) => [...weight.read().dataSync()]);
}

/** Sets Adam's learning rate, to which tfjs gives no public access. */
function setLearningRate(optimizer: tf.Optimizer, rate: number): void {
  (optimizer as unknown as { learningRate: number }).learningRate = rate;
}
