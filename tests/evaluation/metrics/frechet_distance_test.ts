import {
  assert,
  assertAlmostEquals,
  assertEquals,
  assertGreater,
  assertLess,
  assertThrows,
} from "@std/assert";
import fc from "fast-check";
import { factorCovariance } from "../../../lib/evaluation/metrics/covariance_factor.ts";
import { EvaluationError } from "../../../lib/evaluation/evaluation_error.ts";
import type { Features } from "../../../lib/evaluation/metrics/features.ts";
import {
  type FrechetDistance,
  frechetDistance,
} from "../../../lib/evaluation/metrics/frechet_distance.ts";
import { computeMoments, type Moments } from "../../../lib/evaluation/metrics/moments.ts";
import { useNative } from "../../support/engine.ts";
import {
  disturbedWaves,
  fromRows,
  gaussian,
  onBothEngines,
  otherWaves,
  reflect,
  shuffle,
  tabulate,
  transform,
  waves,
} from "../../support/features.ts";
import { assertRelative } from "../../support/relative.ts";

// The expected distances come from TF-GAN's tests, from closed forms and from NumPy. The last
// distance was computed by mpmath with 60 digits. In double precision, the eigenvalues of the full
// product of the two covariance matrices give the distance 3.9651140512, and SciPy's sqrtm gives
// 3.9651140631. Both are inexact because the roots of values that should be 0 add up.
const vectors: readonly [string, Features, Features, number][] = [
  [
    "ones against nines, each with half a column of twos",
    tabulate(100, 2, (i, j) => i < 50 && j === 0 ? 2 : 1),
    tabulate(100, 2, (i, j) => i >= 50 && j === 0 ? 2 : 9),
    980 / 11,
  ],
  [
    "two rectangles",
    fromRows([[0, 0], [2, 0], [0, 2], [2, 2]]),
    fromRows([[1, 1], [3, 1], [1, 5], [3, 5]]),
    19 / 3,
  ],
  ["waves against other waves", waves(), otherWaves(), 1.33063650919],
  ["waves against disturbed ones", waves(), disturbedWaves(), .285217692917],
  [
    "six waves in eight dimensions",
    waves(6),
    otherWaves(6),
    3.9651140802182710,
  ],
];

for (const [name, a, b, expected] of vectors) {
  Deno.test(`the Fréchet distance has its known value: ${name}`, async () => {
    const exact = { samples: { a, b } };
    const distances = await onBothEngines(() => [
      between(a, b).fid,
      frechetDistance(computeMoments(a), computeMoments(b), exact).fid,
    ]);
    for (const [engine, found] of Object.entries(distances)) {
      assertRelative(found[0], expected, 1e-10, `${engine}, from moments`);
      assertRelative(found[1], expected, 1e-10, `${engine}, from samples`);
    }
  });
}

Deno.test("means that differ by 1 in each of 2048 dimensions have the known distance", async () => {
  await useNative();
  const identity = normal(2048, 0, (i, j) => i === j ? 1 : 0);
  const moved = { ...identity, mean: new Float64Array(2048).fill(1) };
  assertRelative(frechetDistance(identity, moved).fid, 2048, 1e-12);
});

Deno.test("covariances of rank one have the known distance", async () => {
  const expected = 64 - 32 * Math.sqrt(2);
  const distances = await onBothEngines(() =>
    frechetDistance(normal(16, 1, () => 1), normal(16, 2, () => 2)).fid
  );
  assertRelative(distances.native, expected, 1e-13);
  assertRelative(distances.typescript, expected, 1e-13);
});

Deno.test("the result of frechetDistance includes the distance's two parts", async () => {
  await useNative();
  const found = between(waves(), otherWaves());
  assertRelative(found.meanTerm, 1.3241717351051028, 1e-12);
  assertRelative(found.trace1, 4.0425204523940135, 1e-12);
  assertRelative(found.trace2, 4.064679846370137, 1e-12);
  assertAlmostEquals(
    found.meanTerm + found.trace1 + found.trace2 - 2 * found.traceSqrt,
    found.fid,
    1e-14,
  );
  assertEquals([found.n1, found.n2, found.dimension], [50, 50, 8]);
  assertEquals([found.rankWarning, found.extractor], [null, null]);
  assert(Object.isFrozen(found));
});

Deno.test("the result of frechetDistance names the extractor", async () => {
  await useNative();
  const moments = computeMoments(waves());
  const extractor = {
    name: "lenet",
    metric: "LeNet-FID",
    hash: "00ff",
  } as const;
  assertEquals(
    frechetDistance(moments, moments, { extractor }).extractor,
    extractor,
  );
});

Deno.test("the Fréchet distance is symmetric, and 0 from a set to itself", async () => {
  await useNative();
  fc.assert(
    fc.property(someFeatures(), someFeatures(), (a, b) => {
      assertRelative(between(a, b).fid, between(b, a).fid, 1e-7);
      assertLess(between(a, a).fid, 1e-7 * between(a, a).trace1 + 1e-12);
    }),
    { numRuns: 40 },
  );
});

Deno.test("neither order nor rotation changes the Fréchet distance", async () => {
  await useNative();
  fc.assert(
    fc.property(fc.nat({ max: 1000 }), (seed) => {
      const a = gaussian(60, 7, seed);
      const b = transform(gaussian(50, 7, seed + 1), (x, _, j) => x * j + 1);
      const { fid } = between(a, b);
      assertRelative(between(shuffle(a, seed), b).fid, fid, 1e-9, "order");
      const turned = between(reflect(a, seed + 2), reflect(b, seed + 2)).fid;
      assertRelative(turned, fid, 1e-9, "rotation");
    }),
    { numRuns: 30 },
  );
});

Deno.test("the Fréchet distance grows with noise", async () => {
  await useNative();
  fc.assert(
    fc.property(fc.nat({ max: 1000 }), (seed) => {
      const real = gaussian(400, 6, seed);
      const noise = gaussian(400, 6, seed + 5000).values;
      const distances = [0, .5, 1, 2].map((amount) =>
        between(
          real,
          transform(real, (x, i, j) => x + amount * noise[i * 6 + j]),
        ).fid
      );
      for (let i = 1; i < distances.length; i++) {
        assertGreater(distances[i], distances[i - 1]);
      }
    }),
    { numRuns: 20 },
  );
});

for (const [count, dimension] of [[300, 40], [40, 40], [25, 60], [10, 64]]) {
  Deno.test(`native and TypeScript distances agree: ${count} vectors in ${dimension} dimensions`, async () => {
    const a = gaussian(count, dimension, 1);
    const b = transform(
      gaussian(count + 3, dimension, 2),
      (x, _, j) => x / (j + 1) + .2,
    );
    const exact = { samples: { a, b } };
    const { native, typescript } = await onBothEngines(() => [
      between(a, b).fid,
      frechetDistance(computeMoments(a), computeMoments(b), exact).fid,
    ]);
    assertRelative(native[0], typescript[0], 1e-9, "from moments");
    assertRelative(native[1], typescript[1], 1e-9, "from samples");
    assertRelative(native[0], native[1], 1e-9, "the two routes");
  });
}

Deno.test("features that are constant in one set or both have the exact distance", async () => {
  const a = transform(gaussian(100, 6, 1), (x, _, j) => j < 2 ? 5 : x);
  const b = transform(gaussian(100, 6, 2), (x, _, j) => j > 3 ? 7 : x);
  const { native, typescript } = await onBothEngines(() => between(a, b));
  assertRelative(native.fid, typescript.fid, 1e-9);
  // Only features 2 and 3 vary in both sets.
  const common = between(selectColumns(a, 2, 4), selectColumns(b, 2, 4));
  assertRelative(native.traceSqrt, common.traceSqrt, 1e-9);
  const constant = tabulate(10, 3, (_, j) => j);
  const moved = tabulate(10, 3, (_, j) => j + 2);
  assertEquals(between(constant, moved).fid, 12);
});

Deno.test("two samples of one distribution have the distance that the bias formula gives", async () => {
  await useNative();
  const dimension = 32;
  for (const count of [256, 1024, 4096]) {
    const seeds = [1, 2, 3, 4];
    const distances = seeds.map((seed) =>
      between(
        gaussian(count, dimension, seed),
        gaussian(count, dimension, seed + 100),
      ).fid
    );
    const mean = distances.reduce((sum, d) => sum + d, 0) / seeds.length;
    const expected = 2 * dimension / count +
      dimension * (dimension + 1) / (2 * count);
    assertRelative(mean, expected, .12, `${count} vectors`);
  }
});

Deno.test("the bias formula holds in 256 dimensions: 65 with 512 vectors, 1.01 with 32,768", async () => {
  await useNative();
  for (const [count, expected] of [[512, 65], [32_768, 1.01]]) {
    const { fid } = between(
      gaussian(count, 256, 1),
      gaussian(count, 256, 2),
    );
    assertRelative(fid, expected, .05, `${count} vectors`);
  }
});

Deno.test("a precomputed factor of the covariance gives the same distance", async () => {
  await useNative();
  const [a, b] = [computeMoments(waves()), computeMoments(otherWaves())];
  const factors = { a: factorCovariance(a), b: factorCovariance(b) };
  assertEquals(
    frechetDistance(a, b, { factors }).fid,
    frechetDistance(a, b).fid,
  );
});

Deno.test("too few vectors for their dimensions give a warning", async () => {
  await useNative();
  const { rankWarning } = between(gaussian(8, 8, 1), gaussian(20, 8, 2));
  assertEquals(
    rankWarning,
    "8 images span at most 7 of the features' 8 dimensions, so their covariance is singular, and the distance is far " +
      "larger than that between the distributions.",
  );
  assertEquals(
    between(gaussian(9, 8, 1), gaussian(20, 8, 2)).rankWarning,
    null,
  );
});

Deno.test("moments that are not finite are refused on either side", async () => {
  await useNative();
  const good = computeMoments(waves());
  const broken = [
    [{ mean: new Float64Array(7) }, "found 7 and 64 numbers"],
    [{ covariance: new Float64Array(63) }, "found 8 and 63 numbers"],
    [{ count: 1 }, "at least 2 vectors; found 1"],
    [{ count: NaN }, "at least 2 vectors; found NaN"],
    [
      { mean: good.mean.with(2, NaN) },
      "Fréchet distance, mean: wanted finite numbers; found NaN in vector 0 at 2",
    ],
    [
      { covariance: good.covariance.with(9, Infinity) },
      "Fréchet distance, covariance: wanted finite numbers; found Infinity in vector 1 at 1",
    ],
  ] as const;
  for (const [changes, message] of broken) {
    const bad = { ...good, ...changes };
    for (const [a, b] of [[good, bad], [bad, good]]) {
      assertThrows(() => frechetDistance(a, b), EvaluationError, message);
    }
  }
});

Deno.test("moments that cannot be compared are refused", async () => {
  await useNative();
  const good = computeMoments(waves());
  const cases: [string, () => unknown][] = [
    ["8 dimensions against 6", () => between(waves(), gaussian(20, 6, 1))],
    ["at least 2", () => computeMoments(waves(1))],
    [
      "NaN in vector 3 at 1",
      () =>
        computeMoments(
          transform(waves(), (x, i, j) => i === 3 && j === 1 ? NaN : x),
        ),
    ],
    ["at least 2", () => frechetDistance(good, { ...good, count: 1 })],
    [
      "mean of 8 numbers",
      () => frechetDistance(good, { ...good, mean: new Float64Array(7) }),
    ],
    [
      "covariance: wanted finite numbers",
      () =>
        frechetDistance(good, {
          ...good,
          covariance: new Float64Array(64).fill(Infinity),
        }),
    ],
    [
      "the 50 vectors of the moments",
      () => frechetDistance(good, good, { samples: { a: waves(6) } }),
    ],
  ];
  for (const [message, attempt] of cases) {
    assertThrows(attempt, EvaluationError, message);
  }
});

function between(a: Features, b: Features): FrechetDistance {
  return frechetDistance(computeMoments(a), computeMoments(b));
}

/** Makes moments that do not come from samples. */
function normal(
  dimension: number,
  mean: number,
  covariance: (i: number, j: number) => number,
): Moments {
  return {
    mean: new Float64Array(dimension).fill(mean),
    covariance: tabulate(dimension, dimension, covariance).values,
    count: 10 * dimension,
    dimension,
  };
}

function selectColumns(
  { values, count, dimension }: Features,
  from: number,
  to: number,
): Features {
  return tabulate(
    count,
    to - from,
    (i, j) => values[i * dimension + from + j],
  );
}

/** Generates 2 to 30 vectors in 5 dimensions, with full rank or less. */
function someFeatures(): fc.Arbitrary<Features> {
  const number = fc.double({ min: -100, max: 100, noNaN: true });
  return fc.array(fc.array(number, { minLength: 5, maxLength: 5 }), {
    minLength: 2,
    maxLength: 30,
  }).map(fromRows);
}
