import { assertEquals, assertGreater, assertLess } from "@std/assert";
import type { LabelledImages } from "../../lib/dataset/mnist.ts";
import { take } from "../../lib/dataset/split.ts";
import { setOf } from "../../lib/evaluation/image_set.ts";
import { accuracyScore } from "../../lib/runs/judge_digits.ts";
import type { EvaluateOptions } from "../../lib/runs/evaluate_options.ts";
import { useNative } from "../support/engine.ts";
import { digitReader, largeToyDigits } from "../support/digit_reader.ts";

Deno.test("the accuracy score's floor is trained on training images, as many as are judged, and tested on test images", async () => {
  await useNative();
  // The training images lack the digits 5 to 9; the images to judge and the test images have all.
  const train = some(largeToyDigits(600, 1), (label) => label < 5);
  const test = largeToyDigits(100, 2);
  const target = setOf("target", largeToyDigits(256, 3).images);
  const trained: string[] = [];
  const score = await accuracyScore(
    target,
    { train, test, source: "" },
    digitReader(),
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
