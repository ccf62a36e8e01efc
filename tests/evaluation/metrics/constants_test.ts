/**
 * Tests the constants of the metrics. Scores are comparable with the scores of other projects only
 * if the constants are the same.
 */
import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { classificationAccuracyScore } from "../../../lib/evaluation/judge/accuracy_score.ts";
import {
  diversityWithinClasses,
  mostProbable,
  scoreClasses,
} from "../../../lib/evaluation/metrics/class_scores.ts";
import { EvaluationError } from "../../../lib/evaluation/evaluation_error.ts";
import { fidInfinity } from "../../../lib/evaluation/metrics/fid_infinity.ts";
import {
  countIsolated,
  meanPixels,
  scoreGarbage,
} from "../../../lib/evaluation/metrics/garbage.ts";
import { kernelInceptionDistance } from "../../../lib/evaluation/metrics/kid.ts";
import { findMemorization } from "../../../lib/evaluation/metrics/memorization.ts";
import type { ByteImages } from "../../../lib/images.ts";
import { useNative, withoutLeaks } from "../../support/engine.ts";
import { gaussian, tabulate } from "../../support/features.ts";
import { toyClassifierOptions, toyDigits } from "../../support/toy_digits.ts";

class Enough extends Error {}

Deno.test("KID takes 100 subsets of 1,000 images, like torch-fidelity's defaults", async () => {
  await useNative();
  const features = [gaussian(1001, 2, 1), gaussian(1002, 2, 2)] as const;
  const { subsetSize } = kernelInceptionDistance(...features, { subsets: 1 });
  assertEquals(subsetSize, 1000);
  const reports: unknown[] = [];
  assertThrows(() =>
    kernelInceptionDistance(...features, {
      onProgress(...report) {
        reports.push(report);
        throw new Enough();
      },
    }), Enough);
  assertEquals(reports, [[1, 100]]);
});

Deno.test("FID∞ uses 15 numbers of images from 5,000 up, like Chong and Forsyth's code", async () => {
  await useNative();
  const reports: unknown[] = [];
  const features = gaussian(5014, 2, 1);
  const { points } = fidInfinity(features, features, {
    onProgress: (...report) => reports.push(report),
  });
  assertEquals(reports.length, 15);
  assertEquals(
    points.map(({ count }) => count),
    Array.from({ length: 15 }, (_, i) => 5000 + i),
  );
});

Deno.test("memorization looks at 1,000 images of each set", async () => {
  await useNative();
  const many = gaussian(1003, 2, 1);
  const { rows, unseen } = findMemorization(
    { generated: many, unseen: gaussian(1002, 2, 2), training: many },
    { where: "features" },
  );
  assertEquals([rows.length, unseen.length], [1000, 1000]);
});

Deno.test(
  "the accuracy score trains on 10,000 images for six epochs",
  withoutLeaks(async () => {
    await useNative();
    // Only the number of images is tested, so the classifier is small.
    const { epochs: _, seed: __, ...training } = toyClassifierOptions({
      steps: 1,
    });
    const score = await classificationAccuracyScore(
      toyDigits(10_001),
      toyDigits(5),
      { training, classifiers: 1 },
    );
    assertEquals(score.trainedOn, 10_000);
    assertEquals(score.epochs, 6);
  }),
);

Deno.test("the classifier is confident of a digit from p = .99", () => {
  const share = (p: number) => scoreClasses(Float64Array.of(p, 1 - p), 2).sureShare;
  assertEquals([share(.99), share(.9899)], [1, 0]);
});

Deno.test("probabilities must add up to 1 within a thousandth", () => {
  const score = (sum: number) => scoreClasses(Float64Array.of(sum, 0), 2);
  score(1.0009);
  score(.9991);
  for (const sum of [1.0011, .9989]) {
    assertThrows(() => score(sum), EvaluationError, `found ${sum} in row 0`);
  }
  assertThrows(
    () => scoreClasses(Float64Array.of(1.5, -.5), 2),
    EvaluationError,
    "found 1 in row 0",
  );
});

Deno.test("diversity uses at most 10,000 pairs per class, nearest in the list first", () => {
  // 150 images have 11,175 pairs. Pairs at distances 1 to 86 in the list are 149 + … + 64 = 9,159,
  // so 841 pairs at larger distances remain.
  const features = tabulate(150, 1, (i) => i);
  let [sum, pairs] = [0, 0];
  for (let step = 1; pairs < 10_000; step++) {
    const taken = Math.min(150 - step, 10_000 - pairs);
    sum += step * taken;
    pairs += taken;
  }
  assertAlmostEquals(
    diversityWithinClasses(features, new Uint8Array(150))!,
    sum / 10_000,
    1e-9,
  );
});

Deno.test("a pixel is bright from 200, and isolated if no neighbour reaches 128", () => {
  const isolated = (pixel: number, neighbour: number) =>
    countIsolated(image([pixel, neighbour, 0, 0]));
  assertEquals([isolated(200, 127), isolated(199, 127)], [1, 0]);
  assertEquals([isolated(255, 127), isolated(255, 128)], [1, 0]);
});

Deno.test("an image is too bright if its mean exceeds that of every reference image", () => {
  const reference = image([10, 20, 30, 40]);
  const share = (pixels: number[]) => scoreGarbage(image(pixels), reference).tooBrightShare;
  assertEquals([share([100, 0, 0, 0]), share([100, 0, 0, 1])], [0, 1]);
});

Deno.test("every image counts, wherever its pixels lie", () => {
  // Images of 3 rows by 4 columns: one pixel in the middle of the second image, two touching pixels
  // in the third, corners in the fourth.
  const lit = [[], [5], [5, 10], [0, 3, 8, 11]];
  const pixels = lit.flatMap((places) =>
    Array.from({ length: 12 }, (_, place) => places.includes(place) ? 240 : 0)
  );
  const images = {
    ...{ pixels: Uint8Array.from(pixels), count: 4, height: 3, width: 4 },
    range: "0..255" as const,
  };
  assertEquals(countIsolated(images), 5);
  assertEquals(meanPixels(images), [0, 20, 40, 80]);
  const found = scoreGarbage(images, {
    ...images,
    pixels: images.pixels.subarray(0, 24),
    count: 2,
  });
  assertEquals(found, { tooBrightShare: 2 / 4, isolatedPixels: 5 / 4 });
});

Deno.test("neighbours above and below count, and a pixel is not its own neighbour", () => {
  const column = {
    ...{ pixels: Uint8Array.of(240, 130, 240), count: 1, height: 3, width: 1 },
    range: "0..255" as const,
  };
  assertEquals(countIsolated(column), 0);
  const apart = { ...column, pixels: Uint8Array.of(240, 0, 240) };
  assertEquals(countIsolated(apart), 2);
});

Deno.test("an empty set of images or references has no garbage score", () => {
  const some = image([1, 2, 3, 4]);
  const none = { ...some, pixels: new Uint8Array(), count: 0 };
  for (const [images, reference] of [[none, some], [some, none]]) {
    assertThrows(
      () => scoreGarbage(images, reference),
      EvaluationError,
      "Garbage: wanted images, found none",
    );
  }
});

Deno.test("diversity works in two dimensions, errors name the score, and ties go to the first class", () => {
  const features = tabulate(3, 2, (i, j) => [[0, 0], [3, 4], [0, 8]][i][j]);
  // The distances are 5, 5 and 8.
  assertAlmostEquals(diversityWithinClasses(features, new Uint8Array(3))!, 6);
  const none = { ...features, count: 0, values: new Float64Array() };
  assertThrows(
    () => diversityWithinClasses(none, new Uint8Array()),
    EvaluationError,
    "Diversity",
  );
  assertThrows(
    () => scoreClasses(new Float64Array(), 2),
    EvaluationError,
    "Class scores",
  );
  assertEquals([...mostProbable(Float64Array.of(.4, .4, .2), 3)], [0]);
});

function image(pixels: readonly number[]): ByteImages {
  return {
    pixels: Uint8Array.from(pixels),
    count: 1,
    height: 2,
    width: 2,
    range: "0..255",
  };
}
