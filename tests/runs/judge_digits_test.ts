import { assertEquals, assertGreater, assertLess } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import type { LabelledImages } from "../../lib/dataset/mnist.ts";
import { take } from "../../lib/dataset/split.ts";
import { setOf } from "../../lib/evaluation/image_set.ts";
import type { Classifier } from "../../lib/models/classifier_weights.ts";
import { accuracyScore } from "../../lib/runs/judge_digits.ts";
import type { EvaluateOptions } from "../../lib/runs/evaluate_options.ts";
import { useNative } from "../support/engine.ts";
import { toyDigits } from "../support/toy_digits.ts";

const SIDE = 24;

Deno.test("the accuracy score's floor is trained on training images, as many as are judged, and tested on test images", async () => {
  await useNative();
  // The training images lack the digits 5 to 9; the images to judge and the test images have all.
  const train = some(digits(600, 1), (label) => label < 5);
  const test = digits(100, 2);
  const target = setOf("target", digits(256, 3).images);
  const trained: string[] = [];
  const score = await accuracyScore(
    target,
    { train, test, source: "" },
    reader(),
    {
      ...await options(),
      onProgress: (what, done, steps) => {
        if (done === steps) trained.push(`${what}: ${steps}`);
      },
    },
  );
  assertEquals([score.name, score.better], [
    "classification accuracy score",
    "higher",
  ]);
  assertGreater(score.value, .8);
  assertGreater(score.floor!, .3);
  assertLess(score.floor!, .65);
  // 256 images are two batches of 128, five times.
  assertEquals(trained, [
    "Training a classifier on target: 10",
    "Training a classifier on MNIST's training images: 10",
  ]);
});

/** Toy digits twice as large, which the project's classifier has room for. */
function digits(count: number, seed: number): LabelledImages {
  const { images, labels } = toyDigits(count, seed);
  const half = (place: number) =>
    (place - place % SIDE ** 2) / 4 +
    Math.floor(place % SIDE ** 2 / SIDE / 2) * SIDE / 2 +
    Math.floor(place % SIDE / 2);
  const pixels = Uint8Array.from(
    { length: count * SIDE ** 2 },
    (_, place) => images.pixels[half(place)],
  );
  return { images: { ...images, pixels, height: SIDE, width: SIDE }, labels };
}

/** Reads toy digits without having learned: each logit is the brightness of a digit's bar. */
function reader(): Classifier {
  const input = tf.input({ shape: [SIDE, SIDE, 1] });
  const flat = tf.layers.flatten().apply(input);
  const bars = tf.layers.dense({ units: 10, useBias: false });
  const model = tf.model({
    inputs: input,
    outputs: bars.apply(flat) as tf.SymbolicTensor,
  });
  const weights = Array.from(
    { length: SIDE ** 2 },
    (_, place) =>
      Array.from({ length: 10 }, (_, digit) => {
        const across = digit < 5 ? place % SIDE : Math.floor(place / SIDE);
        return Math.floor((across - 2) / 4) === digit % 5 ? 1 : 0;
      }),
  );
  bars.setWeights([tf.tensor2d(weights)]);
  return { model, temperature: 1, hash: "reader", config: {} };
}

async function options(): Promise<EvaluateOptions> {
  return {
    extractor: {} as EvaluateOptions["extractor"],
    seed: 1,
    cache: await Deno.makeTempDir(),
  };
}

function some(
  data: LabelledImages,
  wanted: (label: number) => boolean,
): LabelledImages {
  const rows = [...data.labels.keys()].filter((i) => wanted(data.labels[i]));
  return take(data, Uint32Array.from(rows));
}
