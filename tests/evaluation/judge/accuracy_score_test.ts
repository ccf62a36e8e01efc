import {
  assert,
  assertAlmostEquals,
  assertEquals,
  assertGreater,
  assertLess,
  assertNotEquals,
  assertRejects,
} from "@std/assert";
import type { LabelledImages } from "../../../lib/dataset/mnist.ts";
import { take } from "../../../lib/dataset/split.ts";
import {
  type AccuracyScoreOptions,
  classificationAccuracyScore,
} from "../../../lib/evaluation/judge/accuracy_score.ts";
import { EvaluationError } from "../../../lib/evaluation/evaluation_error.ts";
import { useNative, withoutLeaks } from "../../support/engine.ts";
import { toyClassifierOptions, toyDigits } from "../../support/toy_digits.ts";

const real = toyDigits(300, 2);

Deno.test(
  "a classifier trained on good digits with right labels reads real ones",
  withoutLeaks(async () => {
    await useNative();
    const reports: [number, number][] = [];
    const score = await scoreOf(toyDigits(480), {
      onProgress: (...report) => reports.push(report),
    });
    assertGreater(score.accuracy, .9);
    assertEquals([score.trainedOn, score.testedOn, score.epochs, score.classifiers], [
      480,
      300,
      6,
      1,
    ]);
    assertEquals(score.deviation, undefined);
    assertEquals(reports.length, 180);
    assertEquals(reports.at(-1), [180, 180]);
    assert(Object.isFrozen(score));
  }),
);

Deno.test(
  "a digit that was never generated has accuracy 0",
  withoutLeaks(async () => {
    await useNative();
    const all = toyDigits(700);
    const rows = Uint32Array.from(all.labels, (_, i) => i).filter((i) => all.labels[i] < 7);
    const { accuracy, accuracyOfClass } = await scoreOf(take(all, rows));
    assertEquals(accuracyOfClass.slice(7), [0, 0, 0]);
    assert(accuracyOfClass.slice(0, 7).every((share) => share! > .8));
    assertLess(accuracy, .8);
  }),
);

Deno.test(
  "wrong labels lower the score, the seed fixes it, and fewer images are reported",
  withoutLeaks(async () => {
    await useNative();
    const { images, labels } = toyDigits(300);
    const wrong = labels.map((label) => (label + 1) % 10);
    assertLess((await scoreOf({ images, labels: wrong })).accuracy, .1);
    const options = { images: 32, epochs: 1 };
    const few = await scoreOf({ images, labels }, options);
    assertEquals(few.trainedOn, 32);
    assertEquals(await scoreOf({ images, labels }, options), few);
  }),
);

Deno.test("a digit without real images has no accuracy", async () => {
  await useNative();
  const zeros = take(
    real,
    Uint32Array.from(real.labels.keys()).filter((i) => real.labels[i] === 0),
  );
  const { accuracyOfClass } = await classificationAccuracyScore(
    toyDigits(32),
    zeros,
    { epochs: 1, classifiers: 1, training: toyClassifierOptions() },
  );
  assertEquals(accuracyOfClass.slice(1), new Array(9).fill(null));
});

Deno.test("the accuracy is the mean of the digits' accuracies, weighted by their images", async () => {
  await useNative();
  const options = { epochs: 1, images: 64 };
  const { accuracy, accuracyOfClass } = await scoreOf(toyDigits(300), options);
  let right = 0;
  accuracyOfClass.forEach((share, digit) => {
    assert(share! >= 0 && share! <= 1);
    right += share! * real.labels.filter((label) => label === digit).length;
  });
  assertAlmostEquals(right / 300, accuracy, 1e-9);
  assert(accuracy > 0 && accuracy < 1, "neither all nor none, for this test");
});

Deno.test("the maximum number of images has no effect if there are not more of them", async () => {
  await useNative();
  const [exact, greater] = [{ epochs: 1, images: 40 }, { epochs: 1, images: 41 }];
  assertEquals(await scoreOf(toyDigits(40), exact), await scoreOf(toyDigits(40), greater));
});

Deno.test("the accuracy score accepts a single image to train on", async () => {
  await useNative();
  const options = { epochs: 1, images: 1 };
  assertEquals((await scoreOf(toyDigits(3), options)).trainedOn, 1);
});

Deno.test("missing or wrong images and labels are refused before the training", async () => {
  const good = toyDigits(20);
  const { images, labels } = good;
  const cases: [string, LabelledImages, AccuracyScoreOptions?][] = [
    ["found 20 images and 19 labels", { images, labels: labels.subarray(1) }],
    [
      "generated images, and a label for each; found 0 images",
      take(good, new Uint32Array(0)),
    ],
    ["labels from 0 to 9 of generated images; found 10", {
      ...{ images, labels: labels.with(3, 10) },
    }],
    ["found 12", { images, labels: labels.map(() => 12) }],
    ["found 24x6", { images: { ...images, height: 24, width: 6 }, labels }],
    ["whole number of images to train on, at least 1; found 0", good, { images: 0 }],
    ["whole number of classifiers, at least 1; found 1.5", good, { classifiers: 1.5 }],
  ];
  for (const [message, generated, options] of cases) {
    await assertRejects(
      () => classificationAccuracyScore(generated, real, options),
      EvaluationError,
      message,
    );
  }
  await assertRejects(
    () => classificationAccuracyScore(good, take(good, new Uint32Array(0))),
    EvaluationError,
    "wanted real images, and a label for each; found 0 images",
  );
});

Deno.test(
  "each classifier has random numbers of its own, and their scores are averaged",
  withoutLeaks(async () => {
    await useNative();
    const reports: [number, number][] = [];
    const of = (classifiers: number) =>
      scoreOf(toyDigits(300), {
        ...{ epochs: 1, images: 64, classifiers },
        onProgress: (...report) => reports.push(report),
      });
    const one = await of(1);
    const steps = reports.length;
    const two = await of(2);
    assertEquals(reports.slice(steps).map(([done]) => done), range(1, 2 * steps));
    assert(reports.slice(steps).every(([, total]) => total === 2 * steps));
    // The first classifier is the same one. The mean therefore gives the second one's score.
    const second = 2 * two.accuracy - one.accuracy;
    assertNotEquals(second, one.accuracy);
    assertAlmostEquals(two.deviation!, Math.abs(one.accuracy - second) / Math.SQRT2, 1e-9);
    assertAlmostEquals(second * 300, Math.round(second * 300), 1e-6);
    const three = await of(3);
    const third = 3 * three.accuracy - 2 * two.accuracy;
    assertAlmostEquals(third * 300, Math.round(third * 300), 1e-6);
    for (const other of [one.accuracy, second]) assert(Math.abs(third - other) > 1e-6);
    const inClass = three.accuracyOfClass.map((share, digit) =>
      share! * real.labels.filter((label) => label === digit).length
    );
    assertAlmostEquals(inClass.reduce((sum, right) => sum + right) / 300, three.accuracy, 1e-9);
  }),
);

Deno.test("ten classifiers are trained unless another number is asked for", async () => {
  await useNative();
  const totalOf = async (options: AccuracyScoreOptions) => {
    const totals = new Set<number>();
    const { classifiers } = await classificationAccuracyScore(toyDigits(3), toyDigits(5), {
      ...{ epochs: 1, training: toyClassifierOptions() },
      ...options,
      onProgress: (_, total) => totals.add(total),
    });
    return [classifiers, ...totals];
  };
  const [, steps] = await totalOf({ classifiers: 1 });
  assertEquals(await totalOf({}), [10, 10 * steps]);
});

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, i) => from + i);
}

function scoreOf(generated: LabelledImages, options?: AccuracyScoreOptions) {
  return classificationAccuracyScore(generated, real, {
    training: toyClassifierOptions(),
    classifiers: 1,
    ...options,
  });
}
