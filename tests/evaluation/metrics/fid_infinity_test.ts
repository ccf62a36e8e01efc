import {
  assert,
  assertAlmostEquals,
  assertEquals,
  assertGreater,
  assertLess,
  assertThrows,
} from "@std/assert";
import fc from "fast-check";
import { EvaluationError } from "../../../lib/evaluation/evaluation_error.ts";
import { fidInfinity, fitLine } from "../../../lib/evaluation/metrics/fid_infinity.ts";
import { type Features, selectFeatures } from "../../../lib/evaluation/metrics/features.ts";
import { frechetDistance } from "../../../lib/evaluation/metrics/frechet_distance.ts";
import { computeMoments } from "../../../lib/evaluation/metrics/moments.ts";
import { randomStream } from "../../../lib/random.ts";
import { useNative } from "../../support/engine.ts";
import { gaussian, transform } from "../../support/features.ts";
import { assertRelative } from "../../support/relative.ts";

Deno.test("FID∞ removes the bias of a finite number of images", async () => {
  await useNative();
  // N(0, 1) and N(.5, 1) in 16 dimensions have the distance 16 · .25 = 4, plus the bias of 20,000
  // real vectors.
  const real = gaussian(20_000, 16, 1);
  const generated = transform(gaussian(2000, 16, 2), (x) => x + .5);
  const found = fidInfinity(generated, real, { smallest: 200, seed: 1 });
  const at = (count: number) => found.points.find((point) => point.count === count)!.fid;
  assertGreater(at(200), 4.2);
  assertLess(Math.abs(found.fidInfinity - 4), .2);
  assertLess(
    Math.abs(found.fidInfinity - at(2000)),
    Math.abs(at(200) - at(2000)),
  );
  assertGreater(found.slope, 0);
  assertLess(found.standardError, .2);
  assertEquals(found.points.length, 15);
  assertEquals([found.real, found.dimension], [20_000, 16]);
  assert(Object.isFrozen(found));
});

Deno.test("the slope of FID∞'s line matches the bias formula", async () => {
  await useNative();
  // A set of N images adds a bias of 2d/N + d(d + 1)/(2N).
  const [real, generated] = [gaussian(8000, 32, 3), gaussian(8000, 32, 4)];
  const { slope } = fidInfinity(generated, real, { smallest: 300 });
  assertRelative(slope, (2 * 32 + 32 * 33 / 2) / 2, .25);
});

Deno.test("the last point of FID∞ uses all images, and the seed determines the others", async () => {
  await useNative();
  const [real, generated] = [gaussian(300, 5, 1), gaussian(200, 5, 2)];
  const draw = (seed: number) => fidInfinity(generated, real, { sizes: 4, smallest: 50, seed });
  assertEquals(draw(1), draw(1));
  assert(draw(1).fidInfinity !== draw(2).fidInfinity);
  assertEquals(draw(1).points.map(({ count }) => count), [50, 100, 150, 200]);
  const all = frechetDistance(computeMoments(generated), computeMoments(real));
  assertRelative(draw(1).points[3].fid, all.fid, 1e-10);
});

Deno.test("FID∞ is exact for subsets with fewer images than dimensions", async () => {
  await useNative();
  const [real, generated] = [gaussian(40, 12, 1), gaussian(10, 12, 2)];
  const { points } = fidInfinity(generated, real, { sizes: 3, smallest: 4 });
  const all = frechetDistance(computeMoments(generated), computeMoments(real), {
    samples: { a: generated, b: real },
  });
  assertRelative(points[2].fid, all.fid, 1e-10);
});

Deno.test("each point of FID∞ is the distance for the rows that the seed draws", async () => {
  await useNative();
  const [real, generated] = [gaussian(40, 12, 1), gaussian(20, 12, 2)];
  const { points } = fidInfinity(generated, real, {
    ...{ sizes: 5, smallest: 4, seed: 6 },
  });
  assertEquals(points.map(({ count }) => count), [4, 8, 12, 16, 20]);
  points.forEach(({ count, fid }, i) => {
    const rows = randomStream(6, "fid infinity", i).permutation(20)
      .subarray(0, count);
    const some = selectFeatures(generated, rows);
    const wanted = frechetDistance(computeMoments(some), computeMoments(real), {
      samples: { a: some, b: real },
    });
    assertRelative(fid, wanted.fid, 1e-12, `${count}`);
  });
});

Deno.test("if either side has no more images than dimensions, no direction is lost to rounding", async () => {
  await useNative();
  // Every second column varies by 1e-8 on one side, and by 100 on the other. A covariance loses the
  // small variation in the rounding of the larger columns.
  const spread = (count: number, odd: number) =>
    transform(gaussian(count, 5, count), (x, _, j) => j % 2 === 0 ? x : odd * x);
  const cases: [generated: Features, real: Features, counts: number[]][] = [
    [spread(7, 1e-8), spread(9, 100), [3, 5, 7]],
    [spread(8, 100), spread(5, 1e-8), [6, 7, 8]],
  ];
  for (const [generated, real, counts] of cases) {
    const { points } = fidInfinity(generated, real, { sizes: 3, smallest: counts[0] });
    assertEquals(points.map(({ count }) => count), counts);
    points.forEach(({ count, fid }, i) => {
      const rows = randomStream(0, "fid infinity", i).permutation(generated.count);
      const some = selectFeatures(generated, rows.subarray(0, count));
      const wanted = frechetDistance(computeMoments(some), computeMoments(real), {
        samples: { a: some, b: real },
      });
      assertRelative(fid, wanted.fid, 1e-12, `${count}`);
    });
  }
});

Deno.test("the default seed is 0, and the sizes may be one apart", async () => {
  await useNative();
  const [generated, real] = [gaussian(12, 2, 1), gaussian(20, 2, 2)];
  const sizes = { sizes: 3, smallest: 10 };
  const found = fidInfinity(generated, real, sizes);
  assertEquals(found, fidInfinity(generated, real, { ...sizes, seed: 0 }));
  assertEquals(found.points.map(({ count }) => count), [10, 11, 12]);
});

Deno.test("the line goes through the points over 1/N", async () => {
  await useNative();
  const found = fidInfinity(gaussian(60, 3, 1), gaussian(50, 3, 2), {
    ...{ sizes: 5, smallest: 20 },
  });
  const line = fitLine(
    found.points.map(({ count }) => 1 / count),
    found.points.map(({ fid }) => fid),
  );
  assertEquals(
    [found.fidInfinity, found.slope, found.standardError],
    [line.intercept, line.slope, line.interceptError],
  );
  // The points do not lie exactly on the line.
  assertGreater(found.standardError, 0);
});

Deno.test("FID∞ reports each size as progress", async () => {
  await useNative();
  const reports: [number, number][] = [];
  fidInfinity(gaussian(20, 3, 1), gaussian(20, 3, 2), {
    sizes: 3,
    smallest: 10,
    onProgress: (...report) => reports.push(report),
  });
  assertEquals(reports, [[1, 3], [2, 3], [3, 3]]);
});

Deno.test("a least-squares line has the known slope and intercept", () => {
  // Values from SciPy's linregress.
  const line = fitLine([0, 1, 2, 3], [1, 1, 2, 4]);
  assertAlmostEquals(line.slope, 1, 1e-14);
  assertAlmostEquals(line.intercept, .5, 1e-14);
  assertAlmostEquals(line.interceptError, .5916079783099615, 1e-14);
});

Deno.test("the line through collinear points has error 0", () => {
  const number = fc.double({ min: -100, max: 100, noNaN: true });
  fc.assert(fc.property(number, number, (slope, intercept) => {
    const x = [.1, .2, .5, 1];
    const line = fitLine(x, x.map((value) => slope * value + intercept));
    assertAlmostEquals(line.slope, slope, 1e-10);
    assertAlmostEquals(line.intercept, intercept, 1e-10);
    assertAlmostEquals(line.interceptError, 0, 1e-10);
  }));
});

Deno.test("FID∞ refuses too few images or sizes", () => {
  const real = gaussian(30, 3, 1);
  const refuse = (message: string, attempt: () => unknown) =>
    assertThrows(attempt, EvaluationError, message);
  refuse(
    "at least 5014 generated images, for 15 subsets from 5000 up; found 30",
    () => fidInfinity(real, real),
  );
  for (const sizes of [2, 3.5]) {
    refuse(
      `at least 3 subset sizes, for a line and its error; found ${sizes}`,
      () => fidInfinity(real, real, { sizes, smallest: 5 }),
    );
  }
  fidInfinity(real, real, { smallest: 2, sizes: 3 });
  for (const smallest of [1, 2.5]) {
    refuse(
      `wanted at least 2 images in the smallest subset; found ${smallest}`,
      () => fidInfinity(real, real, { smallest, sizes: 3 }),
    );
  }
  refuse(
    "wanted at least 31 generated images, for 3 subsets from 29 up; found 30",
    () => fidInfinity(real, real, { smallest: 29, sizes: 3 }),
  );
  refuse("FID∞: ", () => fidInfinity(transform(real, () => NaN), real));
  refuse(
    "3 dimensions against 4",
    () => fidInfinity(real, gaussian(9, 4, 1), { smallest: 5 }),
  );
  refuse(
    "NaN in vector 0",
    () => fidInfinity(transform(real, () => NaN), real, { smallest: 5 }),
  );
});
