import {
  assert,
  assertAlmostEquals,
  assertEquals,
  assertGreater,
  assertGreaterOrEqual,
  assertLess,
  assertRejects,
} from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { gatherNormalized } from "../../../lib/dataset/batches.ts";
import { startEngine } from "../../../lib/engine/backend.ts";
import type { ByteImages } from "../../../lib/images.ts";
import { sampleImages } from "../../../lib/models/sample_images.ts";
import { createGan, disposeGan } from "../../../lib/training/gan/gan.ts";
import { planSteps } from "../../../lib/training/batch_order.ts";
import { createGanStep, stepMeasures } from "../../../lib/training/gan/gan_step.ts";
import { scheduledFactor } from "../../../lib/training/learning_rate.ts";
import type { TrainOptions } from "../../../lib/training/gan/options.ts";
import type { StepReport } from "../../../lib/training/gan/train_gan.ts";
import { trainGan } from "../../../lib/training/gan/train_gan.ts";
import { DivergedError } from "../../../lib/training/diverged_error.ts";
import { stepsPerEpoch } from "../../../lib/training/run_length.ts";
import { countGraphs, useNative, withoutLeaks } from "../../support/engine.ts";
import { ringOfGaussians, toyOptions } from "../../support/toy.ts";

Deno.test(
  "a GAN learns a ring of eight Gaussians in 1,000 steps and leaks no tensors",
  withoutLeaks(async () => {
    await useNative();
    const options = toyOptions({
      generatorLayers: [64, 64],
      discriminatorLayers: [64, 64],
      generatorActivation: "relu",
      discriminatorActivation: "relu",
      fakeStatistics: "batch",
      generatorLearningRate: 1e-3,
      discriminatorLearningRate: 1e-3,
      batchSize: 128,
      dropout: 0,
      averageDecay: 0,
      steps: 1000,
    });
    const gan = createGan(options, 2);
    const before = await judgeRing(gan.generator);
    const tensors = new Map<number, number>();
    for await (
      const { step } of trainGan(gan, ringOfGaussians(4096), options)
    ) {
      tensors.set(step, tf.memory().numTensors);
    }
    const after = await judgeRing(gan.generator);
    assertEquals(tensors.get(1000), tensors.get(10));
    // A random point in the middle of the plane lies near a place with a probability of an eighth.
    assertLess(before.nearAPlace, 0.2);
    assertGreater(after.nearAPlace, 0.4);
    assertGreaterOrEqual(after.placesFound, 7);
    disposeGan(gan);
  }),
);

Deno.test(
  "each epoch uses each image once with a smaller last batch, and reports count from 1",
  withoutLeaks(async () => {
    await useNative();
    const images = ringOfGaussians(50);
    const options = toyOptions({ epochs: 2 });
    const gan = createGan(options, 2);
    const reports = await collect(trainGan(gan, images, options));
    assertEquals(stepsPerEpoch(images, options), 4);
    assertEquals(reports.map(({ step }) => step), [1, 2, 3, 4, 5, 6, 7, 8]);
    assertEquals(reports.map(({ epoch }) => epoch), [1, 1, 1, 1, 2, 2, 2, 2]);
    assertEquals(
      reports.filter(({ endsEpoch }) => endsEpoch).map(({ step }) => step),
      [4, 8],
    );
    disposeGan(gan);
  }),
);

for (const engine of ["native", "cpu"] as const) {
  Deno.test(`training takes the same steps as a loop over freshly gathered batches, on ${engine}`, async () => {
    await startEngine({ engine });
    try {
      const images = ringOfGaussians(50);
      const options = toyOptions({ epochs: 2 });
      const trained = createGan(options, 2);
      const reports = await collect(trainGan(trained, images, options));
      const expected = createGan(options, 2);
      const step = createGanStep(expected, options, 8);
      const plan = planSteps({
        count: 50,
        batchSize: 16,
        seed: options.seed,
        steps: 8,
        firstStep: 0,
      });
      const losses = [...plan].map(({ number, indices }) =>
        tf.tidy(() => {
          const batch = tf.tensor2d(gatherNormalized(images, indices), [indices.length, 2]);
          return step(batch, tf.scalar(number, "int32")).dataSync();
        })
      );
      losses.forEach((measures, i) =>
        stepMeasures.forEach((name, k) => assertAlmostEquals(reports[i][name], measures[k], 1e-5))
      );
      disposeGan(trained);
      disposeGan(expected);
    } finally {
      await useNative();
    }
  });
}

Deno.test(
  "the graph of the training step is freed when the caller stops",
  withoutLeaks(async () => {
    await useNative();
    const options = toyOptions({ steps: 3, generatorLayers: [], discriminatorLayers: [] });
    const gan = createGan(options, 2);
    const before = countGraphs();
    for await (const { step } of trainGan(gan, ringOfGaussians(32), options)) {
      // The first step creates the optimizers' variables, so only the second step is traced.
      if (step < 2) continue;
      assertEquals(countGraphs(), before + 1);
      break;
    }
    assertEquals(countGraphs(), before);
    disposeGan(gan);
  }),
);

Deno.test(
  "a loss that is not finite ends the training with an error that names loss and remedy",
  withoutLeaks(async () => {
    await useNative();
    const options = toyOptions({
      steps: 50,
      discriminatorLearningRate: 1,
      generatorLearningRate: 1,
    });
    const gan = createGan(options, 2);
    // A diverged network has weights that are NaN.
    const kernel = gan.discriminator.getLayer("logits");
    tf.tidy(() => kernel.setWeights(kernel.getWeights().map((weight) => weight.mul(NaN))));
    const error = await assertRejects(
      () => collect(trainGan(gan, ringOfGaussians(64), options)),
      DivergedError,
    );
    assert(
      /step 1: the discriminator's loss is NaN.*Try lower learning rates.*another seed\.$/
        .test(error.message),
      error.message,
    );
    disposeGan(gan);
  }),
);

Deno.test(
  "with linear decay the learning rates decrease to zero",
  withoutLeaks(async () => {
    await useNative();
    tf.tidy(() => {
      const factorAt = (step: number) =>
        scheduledFactor("linear", tf.scalar(step, "int32"), 100)!.dataSync()[0];
      assertEquals([0, 50, 75].map(factorAt), [1, 0.5, 0.25]);
    });
    const moved = async (changes: Partial<TrainOptions>) => {
      const options = toyOptions({ steps: 10, ...changes });
      const gan = createGan(options, 2);
      const weights = () => [...gan.generator.getWeights()[0].dataSync()];
      let [last, previous] = [weights(), weights()];
      for await (const _ of trainGan(gan, ringOfGaussians(64), options)) {
        [previous, last] = [last, weights()];
      }
      disposeGan(gan);
      return last.reduce(
        (sum, value, i) => sum + Math.abs(value - previous[i]),
        0,
      );
    };
    assertLess(
      await moved({ learningRateDecay: "linear" }),
      await moved({}) / 3,
    );
  }),
);

async function collect(
  reports: AsyncIterable<StepReport>,
): Promise<StepReport[]> {
  return await Array.fromAsync(reports);
}

/**
 * Returns the share of samples within four standard deviations of a place on the ring, and the
 * number of places with samples.
 */
async function judgeRing(
  generator: tf.LayersModel,
): Promise<{ nearAPlace: number; placesFound: number }> {
  const images: ByteImages = await sampleImages(generator, {
    count: 1000,
    seed: 5,
    height: 1,
    width: 2,
  });
  const found = new Array(8).fill(0);
  for (let i = 0; i < images.count; i++) {
    const [x, y] = [
      images.pixels[2 * i] - 127.5,
      images.pixels[2 * i + 1] - 127.5,
    ];
    for (let place = 0; place < 8; place++) {
      const angle = place * Math.PI / 4;
      if (Math.hypot(x - 80 * Math.cos(angle), y - 80 * Math.sin(angle)) < 16) {
        found[place]++;
      }
    }
  }
  return {
    nearAPlace: found.reduce((sum, n) => sum + n, 0) / images.count,
    placesFound: found.filter((n) => n >= 20).length,
  };
}
