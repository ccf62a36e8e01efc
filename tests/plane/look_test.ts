import { assert, assertAlmostEquals, assertEquals, assertNotEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { bestMap, distanceFromBest } from "../../lib/plane/best_map.ts";
import {
  BLOB_DEVIATION,
  blobCentres,
  blobDensity,
  BLOBS,
  drawBlobs,
  type PlanePoint,
} from "../../lib/plane/blobs.ts";
import { measureCoverage } from "../../lib/plane/coverage.ts";
import { followPlane } from "../../lib/plane/follow_plane.ts";
import {
  arrowsAt,
  CELLS,
  EXTENT,
  generatePoints,
  lookAt,
  mapAnswers,
  mapPlaces,
  toPoints,
} from "../../lib/plane/look.ts";
import { parsePlaneOptions } from "../../lib/plane/options.ts";
import { createPlaneGan, disposePlaneGan, type PlaneGan } from "../../lib/plane/plane_gan.ts";
import { giveHeadStart, trainPlane } from "../../lib/plane/train_plane.ts";
import { useNative, withoutLeaks } from "../support/engine.ts";

Deno.test("real points lie on the blobs, an eighth on each, at the expected distance from the centre", async () => {
  await useNative();
  const points = toPoints(tf.tidy(() => drawBlobs(8000, 1, 0).dataSync<"float32">()));
  const { blobs, onBlobs, shares } = measureCoverage(points);
  assertEquals(blobs, BLOBS);
  assertAlmostEquals(onBlobs, 1 - Math.exp(-4.5), 0.005);
  for (const share of shares) assertAlmostEquals(share, 1 / BLOBS, 0.02);
  const [cx, cy] = blobCentres[0];
  const first = points.filter(([x, y]) => Math.hypot(x - cx, y - cy) < 0.7);
  const variance = first.reduce((sum, [x]) => sum + (x - cx) ** 2, 0) / first.length;
  assertAlmostEquals(Math.sqrt(variance), BLOB_DEVIATION, 0.01);
  assertNotEquals(points.slice(0, 5), toPoints(drawBlobs(5, 1, 1).dataSync() as Float32Array));
});

Deno.test("the density of real points sums to one", () => {
  const side = 2 * EXTENT / 300;
  const sum = mapPlaces(300).reduce((total, place) => total + blobDensity(place) * side ** 2, 0);
  assertAlmostEquals(sum, 1, 1e-3);
});

Deno.test("coverage counts the points near a blob's centre", () => {
  const at = (blob: number, away = 0): PlanePoint => {
    const [x, y] = blobCentres[blob];
    return [x + away, y];
  };
  const cases: [points: PlanePoint[], blobs: number, onBlobs: number, most: number][] = [
    [[[0, 0]], 0, 0, 0],
    [[at(0), at(0), at(0), [0, 0]], 1, 0.75, 0.75],
    [[at(0), at(3)], 2, 1, 0.5],
    [[at(2, 3.1 * BLOB_DEVIATION), at(2, 2.9 * BLOB_DEVIATION)], 1, 0.5, 0.5],
    // A blob counts as reached if it has at least 2 % of the points. Here, the second blob has only
    // one point in a hundred.
    [[...Array.from({ length: 99 }, () => at(5)), at(6)], 1, 1, 0.99],
  ];
  for (const [points, blobs, onBlobs, most] of cases) {
    const found = measureCoverage(points);
    assertEquals(found.blobs, blobs);
    assertAlmostEquals(found.onBlobs, onBlobs, 1e-9);
    assertAlmostEquals(found.most, most, 1e-9);
  }
});

Deno.test("the best answer is one half if both kinds are equally dense, and 1 without generated points", () => {
  assert(bestMap(blobDensity).answers.every((answer) => Math.abs(answer - 0.5) < 1e-9));
  const best = bestMap(() => 0);
  assert(best.answers.every((answer) => answer === 1));
  assertAlmostEquals(distanceFromBest(best.answers.map(() => 0.75), best), 0.25, 1e-9);
});

Deno.test("the squares of a map start at the lower left", async () => {
  await useNative();
  const gan = small();
  const map = mapAnswers(gan.discriminator, 4);
  assertEquals(mapPlaces(4).slice(0, 2), [[-2.25, -2.25], [-0.75, -2.25]]);
  const logit = tf.tidy(() =>
    (gan.discriminator.predict(tf.tensor2d([[-0.75, -2.25]])) as tf.Tensor).dataSync()[0]
  );
  assertAlmostEquals(map[1], 1 / (1 + Math.exp(-logit)), 1e-6);
  disposePlaneGan(gan);
});

Deno.test("an arrow is minus the slope of its own point's loss, regardless of the number of points", async () => {
  await useNative();
  const gan = small();
  const point: PlanePoint = [0.3, -0.4];
  for (const loss of ["minimax", "non-saturating"] as const) {
    const [[dx, dy]] = arrowsAt(gan, [point], loss);
    const lossAt = ([x, y]: PlanePoint) => {
      const logit = tf.tidy(() =>
        (gan.discriminator.predict(tf.tensor2d([[x, y]])) as tf.Tensor).dataSync()[0]
      );
      return loss === "minimax" ? -Math.log1p(Math.exp(logit)) : Math.log1p(Math.exp(-logit));
    };
    const h = 1e-2;
    const [x, y] = point;
    assertAlmostEquals(dx, -(lossAt([x + h, y]) - lossAt([x - h, y])) / (2 * h), 1e-3);
    assertAlmostEquals(dy, -(lossAt([x, y + h]) - lossAt([x, y - h])) / (2 * h), 1e-3);
    const among = arrowsAt(gan, [point, [1, 1], [0, 2]], loss)[0];
    assertAlmostEquals(among[0], dx, 1e-6);
  }
  disposePlaneGan(gan);
});

Deno.test("a look has the requested numbers of points and arrows, and arrows of the requested length", async () => {
  await useNative();
  const gan = small();
  const look = lookAt(gan, 7, { real: [[0, 0]], count: 3, arrowLength: 2 });
  assertEquals([look.step, look.title, look.generated.length], [7, "step 7", 3]);
  assertEquals(look.map.length, CELLS ** 2);
  const arrows = arrowsAt(gan, look.generated, "non-saturating");
  assertAlmostEquals(look.arrows[1][0], 2 * arrows[1][0], 1e-6);
  disposePlaneGan(gan);
});

Deno.test(
  "a training run stops at the right steps, can be continued, and leaks no tensors",
  withoutLeaks(async () => {
    await useNative();
    const whole = small();
    const stops = await Array.fromAsync(trainPlane(whole, { to: 5, every: 2 }));
    assertEquals(stops.map(({ step }) => step), [0, 2, 4, 5]);
    assertEquals(stops[0].generatorLoss, undefined);
    const halved = small();
    for await (const _ of trainPlane(halved, { to: 3, every: 2 }));
    for await (const _ of trainPlane(halved, { from: 3, to: 5, every: 2 }));
    assertEquals(generatePoints(halved, 4, 1), generatePoints(whole, 4, 1));
    disposePlaneGan(halved);
    disposePlaneGan(whole);
  }),
);

Deno.test("a discriminator with a head start gives lower answers for generated points", async () => {
  await useNative();
  const gan = createPlaneGan(parsePlaneOptions());
  const answer = () => {
    const points = generatePoints(gan, 50, 3);
    return tf.tidy(() =>
      (gan.discriminator.predict(tf.tensor2d(points.map(([x, y]) => [x, y]))) as tf.Tensor)
        .sigmoid().mean().dataSync()[0]
    );
  };
  const before = answer();
  giveHeadStart(gan, 100);
  assert(answer() < before - 0.1);
  disposePlaneGan(gan);
});

Deno.test("a short training run reaches more blobs than an untrained generator", async () => {
  await useNative();
  const gan = createPlaneGan(parsePlaneOptions({ seed: 1 }));
  const stops = await followPlane(gan, { to: 400, every: 200, looks: { real: [] } });
  assertEquals(stops.map(({ look }) => look?.step), [0, 200, 400]);
  assertEquals(stops[0].blobs, 0);
  assert(stops[2].blobs >= 6, `${stops[2].blobs} blobs`);
  disposePlaneGan(gan);
});

function small(): PlaneGan {
  return createPlaneGan(parsePlaneOptions({ hidden: [8], batchSize: 16 }));
}
