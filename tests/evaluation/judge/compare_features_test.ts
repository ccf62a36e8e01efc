import { assertEquals, assertNotEquals, assertThrows } from "@std/assert";
import { EvaluationError } from "../../../lib/evaluation/evaluation_error.ts";
import { compareFeatures as compareWith } from "../../../lib/evaluation/judge/compare_features.ts";
import { RealSide } from "../../../lib/evaluation/judge/real_side.ts";
import { fidInfinity } from "../../../lib/evaluation/metrics/fid_infinity.ts";
import { frechetDistance } from "../../../lib/evaluation/metrics/frechet_distance.ts";
import { kernelInceptionDistance } from "../../../lib/evaluation/metrics/kid.ts";
import { computeMoments } from "../../../lib/evaluation/metrics/moments.ts";
import { precisionRecall } from "../../../lib/evaluation/metrics/precision_recall.ts";
import type { Features } from "../../../lib/evaluation/metrics/features.ts";
import { useNative } from "../../support/engine.ts";
import { gaussian, transform } from "../../support/features.ts";

/**
 * The generated and the real features differ in number, mean and spread, so swapping the two sets
 * changes every score.
 */
const generated = transform(gaussian(1000, 6, 1), (x) => .7 * x + .4);
const real = gaussian(300, 6, 2);
const options = { metric: "FID", seed: 3 };
const compareFeatures = (a: Features, b: Features, options: { metric: string; seed: number }) =>
  compareWith(a, new RealSide(b), options);

Deno.test("each score equals the metric of its name for generated and real features", async () => {
  await useNative();
  const { precision, recall, density, coverage } = precisionRecall(
    real,
    generated,
    // k = 5 is prdc's default and the value of Naeem et al., arXiv 2002.09797.
    { neighbours: 5 },
  );
  const { kid, deviation } = kernelInceptionDistance(generated, real, {
    seed: 3,
  });
  const infinity = fidInfinity(generated, real, { smallest: 500, seed: 3 });
  const { fid } = frechetDistance(
    computeMoments(generated),
    computeMoments(real),
  );
  const lower = "lower" as const;
  const higher = "higher" as const;
  assertEquals(compareFeatures(generated, real, options).scores, [
    { name: "FID", value: fid, better: lower },
    {
      name: "FID∞",
      value: infinity.fidInfinity,
      spread: infinity.standardError,
      better: lower,
    },
    { name: "KID", value: kid, spread: deviation, better: lower },
    { name: "precision", value: precision, better: higher },
    { name: "recall", value: recall, better: higher },
    { name: "density", value: density, better: higher },
    { name: "coverage", value: coverage, better: higher },
  ]);
});

Deno.test("swapping the sides changes precision, recall, density and coverage", async () => {
  await useNative();
  const valuesOf = (a: typeof real, b: typeof real) =>
    new Map(
      compareFeatures(a, b, options).scores.map(({ name, value }) => [
        name,
        value,
      ]),
    );
  const [one, other] = [valuesOf(generated, real), valuesOf(real, generated)];
  for (const name of ["precision", "recall", "density", "coverage"]) {
    assertNotEquals(one.get(name), other.get(name), name);
  }
  assertEquals(one.has("FID∞"), true);
  assertEquals(other.has("FID∞"), false, "half of 300 are too few");
});

Deno.test("FID∞ needs 1,000 images, and at least four images per dimension", async () => {
  await useNative();
  const cases: [count: number, dimension: number, there: boolean][] = [
    [999, 4, false],
    [1000, 4, true],
    [1002, 250, true],
    [1002, 251, false],
  ];
  for (const [count, dimension, there] of cases) {
    const names = compareFeatures(
      gaussian(count, dimension, 1),
      gaussian(dimension + 2, dimension, 2),
      options,
    ).scores.map(({ name }) => name);
    assertEquals(names.includes("FID∞"), there, `${count} in ${dimension}`);
  }
});

Deno.test("the extractor's name precedes KID, and a covariance without full rank gives a remark", async () => {
  await useNative();
  const { scores, remarks } = compareFeatures(
    gaussian(7, 8, 1),
    gaussian(20, 8, 2),
    { metric: "LeNet-FID", seed: 1 },
  );
  assertEquals(scores.slice(0, 2).map(({ name }) => name), [
    "LeNet-FID",
    "LeNet-KID",
  ]);
  assertEquals(remarks.length, 1);
  assertEquals(compareFeatures(generated, real, options).remarks, []);
});

Deno.test("the error for features of two extractors names the metric and both dimensions", async () => {
  await useNative();
  assertThrows(
    () => compareFeatures(generated, gaussian(20, 5, 2), { metric: "LeNet-FID", seed: 1 }),
    EvaluationError,
    "LeNet-FID: wanted features of one extractor; found 6 dimensions against 5",
  );
});

Deno.test("a real set that was used before gives the same scores", async () => {
  await useNative();
  const side = new RealSide(real);
  const fewer = transform(gaussian(200, 6, 5), (x) => x + .1);
  for (const set of [generated, fewer, generated]) {
    for (const seed of [3, 4]) {
      const given = { metric: "FID", seed };
      assertEquals(compareWith(set, side, given), compareFeatures(set, real, given));
    }
  }
});
