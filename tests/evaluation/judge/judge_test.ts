import {
  assert,
  assertAlmostEquals,
  assertEquals,
  assertRejects,
  assertStrictEquals,
} from "@std/assert";
import { basename, dirname } from "node:path";
import type { LabelledImages } from "../../../lib/dataset/mnist.ts";
import { fidInceptionFile } from "../../../lib/evaluation/weight_files/published_weights.ts";
import { WeightFileError } from "../../../lib/evaluation/weight_files/weight_file_error.ts";
import { imagesInMemory, toGray } from "../../../lib/evaluation/readers/image_set.ts";
import { loadClassifier } from "../../../lib/models/classifier_weights.ts";
import { classify, softmax } from "../../../lib/models/classify.ts";
import { randomStream } from "../../../lib/random.ts";
import { TEST_SET, TRAINING_SET } from "../../../lib/evaluation/judge/evaluate_options.ts";
import { mnistSets, openJudge } from "../../../lib/evaluation/judge/judge.ts";
import { countGraphs, useNative, withoutLeaks } from "../../support/engine.ts";
import { withEnvironment } from "../../support/environment.ts";
import { emptyInception } from "../../support/inception_weights.ts";
import { writeLenetTable } from "../../support/lenet_table.ts";

const train = noise(20, 1);
const test = noise(15, 2);
const mnist = { train, test, source: "" };
const options = { seed: 1 };

Deno.test("MNIST's training and test images are the real set and the set for the floor", async () => {
  const names = (against: "train" | "test") => {
    const { real, floor } = mnistSets(against, mnist);
    return [real.name, real.count, floor?.name, floor?.count];
  };
  const [training, unseen] = [
    ...["MNIST's training images", "MNIST's test images"],
  ];
  // Commands that repeat an evaluation find the set by its name.
  assertEquals([TRAINING_SET, TEST_SET], [training, unseen]);
  assertEquals(names("train"), [training, 20, unseen, 15]);
  assertEquals(names("test"), [unseen, 15, training, 20]);
  const { real } = mnistSets("test", mnist);
  assertEquals(await real.read(0, 15), test.images.pixels);
});

Deno.test(
  "a judge reads digits with any number of channels, and caches real features",
  withoutLeaks(async () => {
    await useNative();
    const cache = await Deno.makeTempDir();
    const judge = await openJudge(mnist, { extractor: "digit", cache });
    const classifier = await loadClassifier();
    assertEquals([judge.extractor.name, judge.cache], ["digit", cache]);
    assertEquals(judge.classifier?.hash, classifier.hash);
    const { real, floor } = mnistSets("test", mnist);
    const colours = coloured(12);
    const { evaluation } = await judge.judge(
      { target: colours, real: { ...coloured(15, 4), name: "real" }, floor },
      options,
    );
    const gray = await judge.judge(
      { target: toGray(colours), real: toGray(coloured(15, 4)), floor },
      options,
    );
    assertEquals(evaluation.scores, gray.evaluation.scores);
    assertEquals(evaluation.classifier, classifier.hash);
    assertEquals(evaluation.images, [12, 15]);
    assert((await Array.fromAsync(Deno.readDir(cache))).length > 0);
    assertEquals(real.channels, 1);
    classifier.model.dispose();
    judge.dispose();
  }),
);

Deno.test("a second judgement, which uses what the first one computed, gives the same scores", async () => {
  await useNative();
  const cache = await Deno.makeTempDir();
  const open = () => openJudge(mnist, { extractor: "digit", cache });
  const sets = (seed: number) => ({
    ...mnistSets("test", mnist),
    target: toGray(coloured(12, seed)),
  });
  const judge = await open();
  for (const seed of [5, 6, 5]) {
    const fresh = await open();
    assertEquals(await judge.judge(sets(seed), options), await fresh.judge(sets(seed), options));
    fresh.dispose();
  }
  judge.dispose();
});

Deno.test(
  "a judge with LeNet features also judges digits by the classifier",
  withoutLeaks(async () => {
    await useNative();
    await using table = await writeLenetTable();
    const judge = await openJudge(mnist, {
      ...{ extractor: "lenet", weights: table.path, cache: "" },
    });
    assertEquals(judge.extractor.name, "lenet");
    assert(judge.classifier);
    judge.dispose();
  }),
);

Deno.test("a judge opens the given weights, and otherwise those in the user's cache", async () => {
  for (const extractor of ["lenet", "fid-inception"] as const) {
    await assertRejects(
      () => openJudge(mnist, { extractor, weights: "/nowhere/weights" }),
      WeightFileError,
      "/nowhere/weights",
    );
  }
  const home = await Deno.makeTempDir();
  const weights = `${home}/sudogan/weights`;
  await Deno.mkdir(weights, { recursive: true });
  await Deno.writeTextFile(`${weights}/${fidInceptionFile.file}`, "others");
  // The cache folder is determined when the judge is created, before the first await.
  await assertRejects(
    () =>
      withEnvironment(
        { XDG_CACHE_HOME: home },
        () => openJudge(mnist, { extractor: "fid-inception" }),
      ),
    WeightFileError,
    `${weights}/${fidInceptionFile.file}`,
  );
});

Deno.test("a judge's features are those from which the classifier itself computes its answers", async () => {
  await useNative();
  const judge = await openJudge(mnist, { extractor: "digit", cache: "" });
  const { extractor, classifier } = judge;
  const features = await extractor.features(test.images.pixels, test.images.count);
  const answers = softmax(await extractor.outputs!(features), classifier!.temperature);
  const wanted = await classify(classifier!, test.images);
  wanted.forEach((value, i) => assertAlmostEquals(answers[i], value, 1e-5));
  judge.dispose();
});

Deno.test("a judge keeps the features of a real set for later judgements, and frees all graphs in the end", async () => {
  await useNative();
  const before = countGraphs();
  const cache = await Deno.makeTempDir();
  const judge = await openJudge(mnist, { extractor: "digit", cache });
  const sets = mnistSets("test", mnist);
  const side = await judge.sideOf(sets.real);
  assertEquals(
    side.features.values,
    await judge.extractor.features(test.images.pixels, test.images.count),
  );
  await judge.judge({ ...sets, target: toGray(coloured(12)) }, options);
  assertStrictEquals(await judge.sideOf(sets.real), side);
  judge.dispose();
  assertEquals(countGraphs(), before);
});

Deno.test(
  "a judge that compares only features has no classifier, and neither has one with Inception features",
  withoutLeaks(async () => {
    await useNative();
    const weights = await Deno.makeTempFile({ prefix: "sudogan_inception_", suffix: ".pth" });
    await Deno.writeFile(weights, emptyInception());
    const judges = [
      await openJudge(mnist, { extractor: "digit", featuresOnly: true, cache: "" }),
      await openJudge(mnist, { extractor: "fid-inception", weights, cache: "" }),
    ];
    for (const judge of judges) {
      assertEquals(judge.classifier, undefined);
      judge.dispose();
    }
    await Deno.remove(weights);
  }),
);

Deno.test("a judge passes on reports while the extractor's weights are downloaded", async () => {
  const home = await Deno.makeTempDir();
  const reports: string[] = [];
  const { fetch } = globalThis;
  globalThis.fetch = () => Promise.resolve(new Response("others"));
  try {
    await assertRejects(
      () =>
        withEnvironment({ XDG_CACHE_HOME: home }, () =>
          openJudge(mnist, {
            extractor: "fid-inception",
            onReport: ({ message }) => reports.push(message),
          })),
      WeightFileError,
      fidInceptionFile.url,
    );
  } finally {
    globalThis.fetch = fetch;
  }
  assertEquals([...new Set(reports)], [`Downloading ${fidInceptionFile.file}`]);
});

Deno.test("by default real features are cached in the user's cache folder", async () => {
  await useNative();
  const home = await Deno.makeTempDir();
  const judge = await withEnvironment(
    { XDG_CACHE_HOME: home },
    () => openJudge(mnist, { extractor: "digit" }),
  );
  judge.dispose();
  assertEquals(dirname(judge.cache), `${home}/sudogan`);
  assertEquals(basename(judge.cache), "features");
});

function noise(count: number, seed: number): LabelledImages {
  const stream = randomStream(seed, "noise");
  const pixels = bytes(784 * count, seed);
  return {
    images: { pixels, count, height: 28, width: 28, range: "0..255" },
    labels: Uint8Array.from({ length: count }, () => stream.integer(10)),
  };
}

function coloured(count: number, seed = 3) {
  const pixels = bytes(3 * 784 * count, seed);
  return imagesInMemory("colours", pixels, [count, 28, 28, 3]);
}

function bytes(length: number, seed: number): Uint8Array<ArrayBuffer> {
  const stream = randomStream(seed, "bytes");
  return Uint8Array.from({ length }, () => stream.integer(256));
}
