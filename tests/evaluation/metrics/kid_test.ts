import {
  assert,
  assertAlmostEquals,
  assertEquals,
  assertGreater,
  assertLess,
  assertNotEquals,
  assertThrows,
} from "@std/assert";
import fc from "fast-check";
import { EvaluationError } from "../../../lib/evaluation/evaluation_error.ts";
import {
  chooseSubsets,
  kernelInceptionDistance,
  planSubsets,
  sumsWithin,
} from "../../../lib/evaluation/metrics/kid.ts";
import { selectFeatures } from "../../../lib/evaluation/metrics/features.ts";
import { openKernelSums } from "../../../lib/evaluation/metrics/kernel_sums.ts";
import { randomStream } from "../../../lib/random.ts";
import { countGraphs, useNative } from "../../support/engine.ts";
import { withEnvironment } from "../../support/environment.ts";
import {
  disturbedWaves,
  type DoubleFeatures,
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

Deno.test("KID of all vectors in one block has its known values", async () => {
  const found = await onBothEngines(() => [
    kernelInceptionDistance(waves(), otherWaves()),
    kernelInceptionDistance(waves(), disturbedWaves()),
  ]);
  for (const [apart, disturbed] of Object.values(found)) {
    assertRelative(apart.kid, .5340879524082625, 1e-12);
    assertRelative(disturbed.kid, -.07856869188461335, 1e-11);
    assertEquals([apart.subsets, apart.subsetSize], [1, 50]);
    assert(Object.isFrozen(apart));
  }
});

Deno.test("KID's subsets are drawn by seed from all of the vectors", async () => {
  await useNative();
  const [a, b] = [gaussian(300, 4, 1), gaussian(200, 4, 2)];
  const draw = (seed: number) =>
    kernelInceptionDistance(a, b, { seed, subsets: 10, subsetSize: 50 });
  assertEquals(draw(3), draw(3));
  assertNotEquals(draw(3).kid, draw(4).kid);
  const { deviation, subsets, n1, n2 } = draw(3);
  assertGreater(deviation, 0);
  assertEquals([subsets, n1, n2], [10, 300, 200]);
});

Deno.test("KID is the mean over the seed's subsets, with their standard deviation", async () => {
  await useNative();
  const [x, y] = [gaussian(30, 4, 1), gaussian(25, 4, 2)];
  const options = { subsets: 6, subsetSize: 20, seed: 5 };
  const values = Array.from({ length: 6 }, (_, i) => {
    const draw = (side: typeof x, name: string) =>
      selectFeatures(
        side,
        randomStream(5, "kid", name, i).permutation(side.count)
          .subarray(0, 20),
      );
    return kernelInceptionDistance(draw(x, "a"), draw(y, "b")).kid;
  });
  const mean = values.reduce((sum, value) => sum + value, 0) / 6;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const found = kernelInceptionDistance(x, y, options);
  assertAlmostEquals(found.kid, mean, 1e-12);
  assertAlmostEquals(found.deviation, Math.sqrt(squares / 6), 1e-12);
});

Deno.test("the sums within the second set follow the definition, and KID accepts them", async () => {
  await useNative();
  const [a, b] = [gaussian(12, 3, 1), gaussian(10, 3, 2)];
  const options = { subsets: 4, subsetSize: 6, seed: 5 };
  const plan = planSubsets(a, b, options);
  const found = sumsWithin(b, plan);
  const subsets = chooseSubsets(a, b, plan).b;
  assertEquals(found.length, subsets.length);
  subsets.forEach((rows, i) => assertRelative(found[i], sumOfPairs(rows, b), 1e-12));
  const { kid } = kernelInceptionDistance(a, b, options);
  assertRelative(kernelInceptionDistance(a, b, { ...options, withinB: found }).kid, kid, 1e-12);
  const doubled = found.map((sum) => 2 * sum);
  assertGreater(kernelInceptionDistance(a, b, { ...options, withinB: doubled }).kid, kid);
});

Deno.test("KID frees its graphs, if operations share the processors", async () => {
  await useNative();
  const onOneThread = { TF_NUM_INTRAOP_THREADS: "1", TF_NUM_INTEROP_THREADS: "2" };
  const [a, b] = [gaussian(6, 3, 1), gaussian(6, 3, 2)];
  const before = countGraphs();
  withEnvironment(onOneThread, () => {
    // In this environment the sums are computed in a graph.
    const sums = openKernelSums();
    sums.within({ rows: 6, columns: 3, values: b.values });
    assertEquals(countGraphs(), before + 1);
    sums.close();
    sumsWithin(b, planSubsets(a, b));
    kernelInceptionDistance(a, b);
  });
  assertEquals(countGraphs(), before);
});

Deno.test("subsets that use all vectors of the smaller side still vary on the larger side", async () => {
  await useNative();
  const [few, many] = [gaussian(20, 3, 1), gaussian(30, 3, 2)];
  for (const [a, b] of [[few, many], [many, few]]) {
    const found = kernelInceptionDistance(a, b, { subsets: 3 });
    assertEquals([found.subsets, found.subsetSize], [3, 20]);
    assertGreater(found.deviation, 0);
  }
});

Deno.test("native and TypeScript KID over subsets agree", async () => {
  const a = gaussian(150, 30, 1);
  const b = transform(gaussian(120, 30, 2), (x) => x * 1.5 + .3);
  const found = await onBothEngines(() =>
    kernelInceptionDistance(a, b, { subsets: 5, subsetSize: 100 })
  );
  assertRelative(found.native.kid, found.typescript.kid, 1e-9);
  assertRelative(found.native.deviation, found.typescript.deviation, 1e-9);
});

Deno.test("order, rotation and swapping the sides do not change KID", async () => {
  await useNative();
  fc.assert(
    fc.property(fc.nat({ max: 999 }), (seed) => {
      const a = gaussian(40, 5, seed);
      const b = transform(gaussian(40, 5, seed + 1), (x) => x + 1);
      const { kid } = kernelInceptionDistance(a, b);
      for (
        const [x, y] of [[b, a], [shuffle(a, 1), b], [
          reflect(a, 2),
          reflect(b, 2),
        ]]
      ) assertRelative(kernelInceptionDistance(x, y).kid, kid, 1e-10);
    }),
    { numRuns: 20 },
  );
});

Deno.test("KID is unbiased: about 0 for one distribution at any number of vectors", async () => {
  await useNative();
  for (const count of [10, 100]) {
    const values = Array.from({ length: 60 }, (_, i) =>
      kernelInceptionDistance(
        gaussian(count, 6, i),
        gaussian(count, 6, i + 1000),
      ).kid);
    const mean = values.reduce((sum, x) => sum + x, 0) / values.length;
    const variance = values.reduce((sum, x) => sum + (x - mean) ** 2, 0) /
      (values.length - 1);
    const error = Math.sqrt(variance / values.length);
    assertAlmostEquals(mean, 0, 4 * error);
    assert(
      values.some((x) => x < 0),
      "an unbiased estimate of 0 has both signs",
    );
  }
});

Deno.test("KID grows with noise", async () => {
  await useNative();
  const real = gaussian(300, 6, 1);
  const [little, much] = [.5, 2].map((amount) => {
    const noise = gaussian(300, 6, 7).values;
    const noisy = transform(real, (x, i, j) => x + amount * noise[i * 6 + j]);
    return kernelInceptionDistance(real, noisy).kid;
  });
  assertLess(little, much);
});

Deno.test("KID of two constant sets follows the kernel, and is 0 if they are equal", async () => {
  const constant = (value: number) => tabulate(12, 4, () => value);
  const { native, typescript } = await onBothEngines(() => [
    kernelInceptionDistance(constant(2), constant(2)).kid,
    kernelInceptionDistance(constant(1), constant(3)).kid,
  ]);
  for (const [same, apart] of [native, typescript]) {
    assertAlmostEquals(same, 0, 1e-12);
    // (1·1 + 1)³ + (3·3 + 1)³ − 2 (1·3 + 1)³
    assertRelative(apart, 2 ** 3 + 10 ** 3 - 2 * 4 ** 3, 1e-12);
  }
});

Deno.test("KID accepts fewer vectors than dimensions", async () => {
  const a = gaussian(5, 40, 1);
  const b = transform(gaussian(5, 40, 2), (x) => x + 1);
  const { native, typescript } = await onBothEngines(() => kernelInceptionDistance(a, b).kid);
  assertRelative(native, typescript, 1e-12);
  assertGreater(native, 0);
});

Deno.test("KID reports each subset as progress", async () => {
  await useNative();
  const reports: [number, number][] = [];
  kernelInceptionDistance(gaussian(20, 3, 1), gaussian(20, 3, 2), {
    subsets: 3,
    subsetSize: 10,
    onProgress: (...report) => reports.push(report),
  });
  assertEquals(reports, [[1, 3], [2, 3], [3, 3]]);
});

Deno.test("KID refuses features that cannot be compared", () => {
  const good = gaussian(20, 3, 1);
  const refuse = (message: string, attempt: () => unknown) =>
    assertThrows(attempt, EvaluationError, message);
  refuse(
    "KID: wanted at least 2",
    () => kernelInceptionDistance(good, gaussian(1, 3, 1)),
  );
  refuse(
    "3 dimensions against 4",
    () => kernelInceptionDistance(good, gaussian(20, 4, 1)),
  );
  refuse(
    "found Infinity in vector 0",
    () => kernelInceptionDistance(transform(good, () => Infinity), good),
  );
  for (const subsetSize of [1, 21, 2.5]) {
    refuse(
      "from 2 to 20 images per subset",
      () => kernelInceptionDistance(good, good, { subsetSize }),
    );
  }
  refuse(
    "subsets; found 0",
    () => kernelInceptionDistance(good, good, { subsets: 0, subsetSize: 5 }),
  );
});

/** Returns the sum of the kernel over all pairs of different vectors among the given rows. */
function sumOfPairs(rows: Uint32Array, { values, dimension }: DoubleFeatures): number {
  let sum = 0;
  for (const i of rows) {
    for (const j of rows) {
      if (i === j) continue;
      let product = 0;
      for (let k = 0; k < dimension; k++) {
        product += values[i * dimension + k] * values[j * dimension + k];
      }
      sum += (product / dimension + 1) ** 3;
    }
  }
  return sum;
}
