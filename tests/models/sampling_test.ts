import { assert, assertAlmostEquals, assertEquals, assertRejects } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { buildGenerator } from "../../lib/models/generator.ts";
import { drawLatents } from "../../lib/models/latent.ts";
import { estimateStatistics } from "../../lib/models/estimate_statistics.ts";
import { sampleImages } from "../../lib/models/sample_images.ts";
import { useNative, withoutLeaks } from "../support/engine.ts";

const small = {
  latentSize: 4,
  hidden: [6],
  activation: "leaky-relu",
  batchNormMomentum: 0.8,
  imageSize: 6,
} as const;

Deno.test(
  "an image depends only on its own latent, however many images are generated",
  withoutLeaks(async () => {
    await useNative();
    const generator = buildGenerator(small, 1);
    const many = await sampleImages(generator, {
      count: 1203,
      seed: 9,
      height: 2,
      width: 3,
    });
    const few = await sampleImages(generator, {
      count: 501,
      seed: 9,
      height: 2,
      width: 3,
    });
    assertEquals([many.count, many.height, many.width, many.range], [
      1203,
      2,
      3,
      "0..255",
    ]);
    // Matrix products of a different size round differently, so a byte may differ by one.
    few.pixels.forEach((value, i) => assert(Math.abs(value - many.pixels[i]) <= 1));
    const again = await sampleImages(generator, {
      count: 501,
      seed: 9,
      height: 2,
      width: 3,
    });
    assertEquals(again, few);
    generator.dispose();
  }),
);

Deno.test(
  "images whose size differs from the generator's are refused",
  withoutLeaks(async () => {
    await useNative();
    const generator = buildGenerator(small, 1);
    await assertRejects(
      () => sampleImages(generator, { count: 1, seed: 1 }),
      RangeError,
      "found 6 in the generator's",
    );
    generator.dispose();
  }),
);

Deno.test(
  "estimated statistics are the mean and variance of the layer's input",
  withoutLeaks(async () => {
    await useNative();
    const generator = buildGenerator(small, 1);
    const weights = () => generator.getWeights().map((weight) => [...weight.dataSync()]);
    const before = weights();
    estimateStatistics(generator, 3);
    // tfjs lists weights that are not trainable last.
    const [mean, variance] = weights().slice(-2);
    const expected = tf.tidy(() => {
      const inputs = tf.concat(
        Array.from({ length: 100 }, (_, i) => drawLatents(128, 4, 3, i)),
      );
      const hidden = generator.getLayer("activation_1").apply(
        generator.getLayer("hidden_1").apply(inputs),
      ) as tf.Tensor;
      const moments = tf.moments(hidden, 0);
      return {
        mean: [...moments.mean.dataSync()],
        variance: [...moments.variance.dataSync()],
      };
    });
    mean.forEach((value, i) => assertAlmostEquals(value, expected.mean[i], 1e-4));
    // The mean of the batches' variances lacks the variance between the batches' means, about 1
    // part in 128.
    variance.forEach((value, i) =>
      assertAlmostEquals(
        value,
        expected.variance[i],
        0.02 * expected.variance[i],
      )
    );
    // Weights other than statistics stay the same, and so does the layer's momentum.
    weights().forEach((values, i) => i >= before.length - 2 || assertEquals(values, before[i]));
    assertEquals(generator.getLayer("batch_norm_1").getConfig().momentum, 0.8);
    generator.dispose();
  }),
);
