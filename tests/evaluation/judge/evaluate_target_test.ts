import { assert, assertAlmostEquals, assertEquals, assertRejects } from "@std/assert";
import { mostProbable } from "../../../lib/evaluation/metrics/class_scores.ts";
import { RealSide } from "../../../lib/evaluation/judge/real_side.ts";
import { compareFeatures } from "../../../lib/evaluation/judge/compare_features.ts";
import { extractFeatures } from "../../../lib/evaluation/extractors/extract_features.ts";
import { meanPixels } from "../../../lib/evaluation/metrics/garbage.ts";
import {
  hashImages,
  type ImageSet,
  selectFromSet,
  setOf,
  type Subject,
} from "../../../lib/evaluation/readers/image_set.ts";
import type { Evaluation } from "../../../lib/evaluation/judge/score.ts";
import type { ByteImages } from "../../../lib/images.ts";
import { classify } from "../../../lib/models/classify.ts";
import { accuracyScoreName } from "../../../lib/evaluation/judge/accuracy_score_name.ts";
import {
  type EvaluateOptions,
  SCORES_VERSION,
} from "../../../lib/evaluation/judge/evaluate_options.ts";
import { EvaluationError } from "../../../lib/evaluation/evaluation_error.ts";
import { evaluateTarget } from "../../../lib/evaluation/judge/evaluate_target.ts";
import { accuracyScore } from "../../../lib/evaluation/judge/score_accuracy.ts";
import { takeSome } from "../../../lib/evaluation/judge/open_target.ts";
import { useNative } from "../../support/engine.ts";
import { digitReader, largeToyDigits, quarterExtractor } from "../../support/digit_reader.ts";

const train = largeToyDigits(90, 1);
const test = largeToyDigits(80, 2);
const mnist = { train, test, source: "" };
/**
 * The generated images are brighter than the real images, so swapping the two sides changes every
 * score.
 */
const generated = brighter(largeToyDigits(60, 3).images);
const sets = {
  target: setOf("generated", generated),
  real: setOf("test", test.images),
  floor: setOf("train", train.images),
};

Deno.test("the target is compared with real images, and floors use the same number of other real images", async () => {
  await useNative();
  const { evaluation, neighbours } = await evaluateTarget(
    sets,
    mnist,
    await options(),
  );
  const wanted = await compare(sets.target);
  const floor = await compare(takeSome(sets.floor, { samples: 60, seed: 5 }));
  for (const [i, { name, value }] of wanted.entries()) {
    const score = evaluation.scores[i];
    assertEquals(score.name, name);
    assertAlmostEquals(score.value, value, 1e-12, name);
    assertAlmostEquals(score.floor!, floor[i].value, 1e-12, name);
  }
  assertEquals(evaluation.scores.length, wanted.length);
  assertEquals(
    [evaluation.target, evaluation.against, evaluation.images, evaluation.seed],
    ["generated", "test", [60, 80], 5],
  );
  assertEquals(evaluation.extractor, {
    ...{ name: "digit", hash: "quarters", dimension: 4 },
  });
  assertEquals(neighbours, undefined);
});

Deno.test("a second evaluation whose floor comes from the cache gives the same scores", async () => {
  await useNative();
  const given = await options();
  const first = await evaluateTarget(sets, mnist, given);
  assertEquals(await evaluateTarget(sets, mnist, given), first);
});

Deno.test("a cached floor is not used for a different seed, set, extractor or classifier", async () => {
  await useNative();
  const shared = await options();
  await evaluateTarget(sets, mnist, shared);
  const brighterFloor = setOf("brighter", brighter(train.images));
  const others: [Partial<typeof sets>, Partial<EvaluateOptions>][] = [
    [{}, { seed: 6 }],
    [{}, { classifier: digitReader() }],
    [{}, { extractor: withWeights("other weights") }],
    [{ floor: brighterFloor }, {}],
    [{ real: brighterFloor }, {}],
  ];
  for (const [otherSets, otherOptions] of others) {
    const evaluate = (given: EvaluateOptions) =>
      evaluateTarget({ ...sets, ...otherSets }, mnist, {
        ...given,
        ...otherOptions,
      });
    const [kept, fresh] = [
      await evaluate(shared),
      await evaluate(await options()),
    ];
    assertEquals(kept.evaluation, fresh.evaluation);
  }
});

Deno.test("the floor of one classifier is not used for a different one", async () => {
  await useNative();
  const shared = await options();
  const classifier = digitReader();
  await evaluateTarget(sets, mnist, { ...shared, classifier });
  // This classifier is unsure of every digit, so its class scores differ.
  const unsure = { ...digitReader(), temperature: 1e6, hash: "unsure" };
  const evaluate = async (given: EvaluateOptions) =>
    (await evaluateTarget(sets, mnist, { ...given, classifier: unsure }))
      .evaluation;
  const fresh = await evaluate(await options());
  assertEquals(await evaluate(shared), fresh);
});

Deno.test("without a second set of real images the scores have no floors", async () => {
  await useNative();
  const { target, real } = sets;
  const { evaluation } = await evaluateTarget(
    { target, real },
    mnist,
    await options(),
  );
  assertEquals(evaluation.scores.some((score) => "floor" in score), false);
});

Deno.test("progress names the current work and counts to the last image", async () => {
  await useNative();
  const finished = new Set<string>();
  await evaluateTarget(sets, mnist, {
    ...await options(),
    classifier: digitReader(),
    onProgress: (what, done, total) => {
      if (done === total) finished.add(`${what}: ${total}`);
    },
  });
  assertEquals([...finished].sort(), [
    "Nearest training images by digit features: 1000",
    "Nearest training images by pixels: 1000",
    "Reading digits: 60",
    "digit features of MNIST's training images: 90",
    "digit features of generated: 60",
    "digit features of test: 80",
    "digit features of train: 60",
  ]);
});

Deno.test("the target's digits are compared with real ones, and floors with other real ones", async () => {
  await useNative();
  const classifier = digitReader();
  const given = { ...await options(), classifier };
  const { evaluation } = await evaluateTarget(sets, mnist, given);
  const answers = mostProbable(await classify(classifier, generated), 10);
  const histogram = new Array(10).fill(0);
  answers.forEach((digit) => histogram[digit] += 1 / 60);
  evaluation.histogram!.forEach((share, digit) =>
    assertAlmostEquals(share, histogram[digit], 1e-9)
  );
  const limit = Math.max(...meanPixels(test.images));
  const bright = (images: ByteImages) =>
    meanPixels(images).filter((mean) => mean > limit).length / images.count;
  const { value, floor } = find(evaluation, "brighter than any real image");
  assertEquals(value, bright(generated));
  const some = takeSome(sets.floor, { samples: 60, seed: 5 });
  const pixels = await some.read(0, 60);
  assertEquals(floor, bright({ ...train.images, pixels, count: 60 }));
});

Deno.test("the accuracy score is measured on request if there is a classifier", async () => {
  await useNative();
  const few = {
    ...sets,
    target: selectFromSet(sets.target, [0, 1, 2, 3, 4, 5]),
  };
  const classifier = digitReader();
  const given = { ...await options(), classifier };
  const measured = async (changes: Partial<EvaluateOptions>) => {
    const all = { ...given, ...changes };
    const { evaluation } = await evaluateTarget(few, mnist, all);
    return evaluation.scores.find(({ name }) => name === accuracyScoreName(1));
  };
  assertEquals(
    await measured({ accuracyClassifiers: 1 }),
    await accuracyScore(few.target, mnist, classifier, 1, given),
  );
  assertEquals(await measured({}), undefined);
  const without = { classifier: undefined, accuracyClassifiers: 1 };
  assertEquals(await measured(without), undefined);
  await assertRejects(() => measured({ accuracyClassifiers: 0 }), EvaluationError, "found 0");
});

Deno.test("a record has the hashes of images, weights and classifier, and the version of scoring", async () => {
  await useNative();
  const evaluate = async (
    subject: Subject | undefined,
    changes: Partial<EvaluateOptions> = {},
  ) => {
    const target = { ...sets.target, ...(subject && { subject }) };
    const given = { ...await options(), ...changes };
    return (await evaluateTarget({ ...sets, target }, mnist, given)).evaluation;
  };
  const hash = await hashImages(sets.target);
  const { subject, scoring, ...plain } = await evaluate(undefined);
  assertEquals(subject, { path: "generated", hash });
  assertEquals(scoring, SCORES_VERSION);
  assertEquals(["classifier" in plain, "histogram" in plain], [false, false]);
  const folder = await evaluate({ path: "a/folder" });
  assertEquals(folder.subject, { path: "a/folder", hash });
  const model = await evaluate({ path: "models/average", hash: "ab" }, {
    classifier: digitReader(),
  });
  assertEquals(model.subject, { path: "models/average", hash: "ab" });
  assertEquals(model.classifier, "reader");
});

Deno.test("copies are searched for among the training images, and test images give the usual distance", async () => {
  await useNative();
  const asked = new Set<number>();
  const given: EvaluateOptions = {
    ...await options(),
    classifier: digitReader(),
    onProgress: (what, _, total) => {
      if (what.startsWith("Nearest training images")) asked.add(total);
    },
  };
  const median = "nearest training image, pixels (median distance)";
  const judge = async (name: string, images: ByteImages) => {
    const found = await evaluateTarget(
      { ...sets, target: setOf(name, images) },
      mnist,
      given,
    );
    return { ...found, score: find(found.evaluation, median) };
  };
  const copied = await judge("copies", train.images);
  assertEquals(copied.score.value, 0);
  const { indices } = copied.neighbours!;
  assertEquals(copied.neighbours!.training, train.images);
  assertEquals(copied.neighbours!.labels, train.labels);
  // Each chosen row is a copy of the training image that was found for this row.
  copied.neighbours!.generated.pixels.forEach((byte, at) => {
    const [row, place] = [Math.floor(at / 576), at % 576];
    if (place === 300) {
      assertEquals(byte, train.images.pixels[576 * indices[row] + place]);
    }
  });
  // An evaluation uses 1,000 images of each set, or all images of a smaller set.
  assertEquals(asked, new Set([1000]));
  const honest = await judge("test images", test.images);
  assertEquals(honest.score.value, honest.score.floor);
  assertEquals(copied.score.floor, honest.score.floor);
  const byFeatures = find(
    honest.evaluation,
    "nearest training image, digit features (median distance)",
  );
  assertEquals(byFeatures.value, byFeatures.floor);
  assert(byFeatures.value !== honest.score.value);
});

async function compare(set: ImageSet) {
  const extractor = quarterExtractor();
  return compareFeatures(
    await extractFeatures(set, extractor),
    new RealSide(await extractFeatures(sets.real, extractor)),
    { metric: "toy-FID", seed: 5 },
  ).scores;
}

function find({ scores }: Evaluation, wanted: string) {
  return scores.find(({ name }) => name === wanted)!;
}

async function options(): Promise<EvaluateOptions> {
  return {
    extractor: quarterExtractor(),
    seed: 5,
    cache: await Deno.makeTempDir(),
  };
}

/**
 * Returns an extractor with the given hash. Its features are half as large as those of the quarter
 * extractor.
 */
function withWeights(hash: string): EvaluateOptions["extractor"] {
  const extractor = quarterExtractor();
  return {
    ...extractor,
    hash,
    features: async (images, count) =>
      (await extractor.features(images, count)).map((value) => value / 2),
  };
}

function brighter(images: ByteImages): ByteImages {
  const pixels = images.pixels.map((byte, i) => Math.min(255, byte + (i % 7 === 0 ? 60 : 10)));
  return { ...images, pixels };
}
