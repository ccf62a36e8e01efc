import { assert, assertEquals, assertGreater, assertLess } from "@std/assert";
import type { LabelledImages } from "../../../lib/dataset/mnist.ts";
import { take } from "../../../lib/dataset/split.ts";
import { setOf } from "../../../lib/evaluation/readers/image_set.ts";
import { accuracyScore } from "../../../lib/evaluation/judge/score_accuracy.ts";
import type { EvaluateOptions } from "../../../lib/evaluation/judge/evaluate_options.ts";
import { useNative } from "../../support/engine.ts";
import { digitReader, largeToyDigits } from "../../support/digit_reader.ts";

Deno.test("the accuracy floor trains on the same number of training images as there are judged images", async () => {
  await useNative();
  // The training images show no digits from 5 to 9. The judged images and the test images show all
  // digits.
  const train = some(largeToyDigits(600, 1), (label) => label < 5);
  const test = largeToyDigits(100, 2);
  const target = setOf("target", largeToyDigits(256, 3).images);
  const trained: string[] = [];
  const score = await accuracyScore(
    target,
    { train, test, source: "" },
    digitReader(),
    2,
    {
      ...await options(),
      onProgress: (what, done, steps) => {
        if (done === steps) trained.push(`${what}: ${steps}`);
      },
    },
  );
  assertEquals([score.name, score.better], [
    "classification accuracy score (classifiers: 2, epochs: 6)",
    "higher",
  ]);
  assertGreater(score.value, .8);
  assertGreater(score.floor!, .3);
  assertLess(score.floor!, .65);
  assertGreater(score.spread!, 0);
  // Each of the two classifiers is trained for six epochs of two batches of 128 images.
  assertEquals(trained, [
    "Training classifiers on target: 24",
    "Training classifiers on MNIST's training images: 24",
  ]);
});

Deno.test("the accuracy score of a single classifier has a floor, but no spread", async () => {
  await useNative();
  const few = largeToyDigits(1, 1);
  const reports: unknown[] = [];
  const score = await accuracyScore(
    setOf("target", few.images),
    { train: few, test: few, source: "" },
    digitReader(),
    1,
    { ...await options(), onProgress: (...report) => reports.push(report) },
  );
  assertEquals(Object.keys(score), ["name", "value", "floor", "better"]);
  // The judged images are also MNIST's training images here.
  assertEquals(score.value, score.floor);
  assertEquals(score.better, "higher");
  const trained = ["target", "MNIST's training images"].flatMap((set) =>
    [1, 2, 3, 4, 5, 6].map((step) => [`Training classifiers on ${set}`, step, 6])
  );
  assertEquals(reports, trained);
});

Deno.test("an accuracy floor is not reused for different images, a different seed, classifier or number of classifiers", async () => {
  await useNative();
  const train = largeToyDigits(40, 1);
  const mnist = { train, test: largeToyDigits(20, 2), source: "" };
  const cache = await Deno.makeTempDir();
  const floorIsTrained = async (
    { count = 3, seed = 1, hash = "reader", classifiers = 1 },
  ): Promise<boolean> => {
    const sets: string[] = [];
    const target = setOf("target", largeToyDigits(count, 3).images);
    const classifier = { ...digitReader(), hash };
    await accuracyScore(target, mnist, classifier, classifiers, {
      ...await options(),
      ...{ cache, seed },
      onProgress: (what) => sets.push(what.split(" on ")[1]),
    });
    assert(sets.includes("target"));
    return sets.includes("MNIST's training images");
  };
  assertEquals(await floorIsTrained({}), true);
  assertEquals(await floorIsTrained({}), false);
  assertEquals(await floorIsTrained({ count: 4 }), true);
  assertEquals(await floorIsTrained({ seed: 2 }), true);
  assertEquals(await floorIsTrained({ hash: "another" }), true);
  assertEquals(await floorIsTrained({ classifiers: 2 }), true);
  assertEquals(await floorIsTrained({}), false);
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
