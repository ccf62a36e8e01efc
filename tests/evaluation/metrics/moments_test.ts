import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { EvaluationError } from "../../../lib/evaluation/evaluation_error.ts";
import { accumulateMoments, computeMoments } from "../../../lib/evaluation/metrics/moments.ts";
import { useNative } from "../../support/engine.ts";
import { gaussian, onBothEngines, shuffle, transform, waves } from "../../support/features.ts";
import { assertRelative } from "../../support/relative.ts";

Deno.test("mean and covariance of the test vectors equal NumPy's", async () => {
  const { native, typescript } = await onBothEngines(() => computeMoments(waves()));
  for (const { covariance, count, dimension } of [native, typescript]) {
    assertAlmostEquals(covariance[0], .517427251219172, 1e-14);
    assertAlmostEquals(covariance[1], -.003934783253164994, 1e-14);
    assertAlmostEquals(covariance[8], covariance[1], 1e-16);
    assertEquals([count, dimension], [50, 8]);
  }
});

Deno.test("native and TypeScript moments agree", async () => {
  const features = gaussian(2500, 33, 4);
  const { native, typescript } = await onBothEngines(() => computeMoments(features));
  native.covariance.forEach((value, at) =>
    assertAlmostEquals(value, typescript.covariance[at], 1e-13)
  );
  assertEquals(native.mean, typescript.mean);
});

Deno.test("any division into batches gives the moments of the whole", async () => {
  await useNative();
  const features = gaussian(2100, 3, 9);
  const whole = computeMoments(features);
  fc.assert(
    fc.property(fc.array(fc.nat({ max: 2100 }), { maxLength: 8 }), (cuts) => {
      const accumulator = accumulateMoments(3);
      const bounds = [0, ...cuts.toSorted((a, b) => a - b), 2100];
      for (let i = 1; i < bounds.length; i++) {
        accumulator.add(
          features.values.subarray(3 * bounds[i - 1], 3 * bounds[i]),
        );
        // Reading moments must not change later moments.
        if (accumulator.count >= 2) accumulator.finish();
      }
      const moments = accumulator.finish();
      assertEquals(moments.count, 2100);
      moments.mean.forEach((value, j) => assertAlmostEquals(value, whole.mean[j], 1e-14));
      moments.covariance.forEach((value, at) =>
        assertAlmostEquals(value, whole.covariance[at], 1e-13)
      );
    }),
    { numRuns: 30 },
  );
});

Deno.test("the variance keeps its digits if the mean is a million", async () => {
  await useNative();
  const features = gaussian(5000, 4, 2);
  const moved = transform(features, (x) => Math.round(x * 2 ** 20) / 2 ** 20);
  const far = transform(moved, (x) => x + 1e6);
  const [near, distant] = [computeMoments(moved), computeMoments(far)];
  distant.covariance.forEach((value, at) => assertAlmostEquals(value, near.covariance[at], 1e-10));
});

Deno.test("moments of float32 batches are summed in float64", async () => {
  await useNative();
  // In float32 the sum of squares would stop growing at 2^24.
  const count = 40_000;
  const values = Float32Array.from(
    { length: count },
    (_, i) => 4096 + (i % 2),
  );
  const { mean, covariance } = computeMoments({ values, count, dimension: 1 });
  assertEquals(mean[0], 4096.5);
  assertRelative(covariance[0], .25 * count / (count - 1), 1e-13);
});

Deno.test("the order of vectors has no effect, and the covariance is symmetric", async () => {
  await useNative();
  const features = gaussian(300, 5, 1);
  const moments = computeMoments(features);
  const shuffled = computeMoments(shuffle(features, 3));
  for (let i = 0; i < 5; i++) {
    assert(moments.covariance[6 * i] > 0);
    for (let j = 0; j < 5; j++) {
      const value = moments.covariance[5 * i + j];
      assertAlmostEquals(value, moments.covariance[5 * j + i], 1e-16);
      assertAlmostEquals(value, shuffled.covariance[5 * i + j], 1e-13);
    }
  }
});

Deno.test("a result stays the same when vectors are added or the input arrays are overwritten", async () => {
  await useNative();
  const batch = Float32Array.of(1, 2, 3);
  const accumulator = accumulateMoments(1);
  accumulator.add(batch);
  batch.fill(100);
  const first = accumulator.finish();
  assertEquals([first.mean[0], first.covariance[0]], [2, 1]);
  accumulator.add(Float32Array.of(50, 60));
  accumulator.finish();
  assertEquals([first.mean[0], first.covariance[0], first.count], [2, 1, 3]);
});

Deno.test("an input without moments is refused and leaves the sums unchanged", async () => {
  await useNative();
  const accumulator = accumulateMoments(2);
  assertThrows(() => accumulator.finish(), EvaluationError, "found 0");
  accumulator.add(Float32Array.of(1, 2));
  assertThrows(() => accumulator.finish(), EvaluationError, "found 1");
  assertThrows(
    () => accumulator.add(Float32Array.of(1, 2, 3)),
    EvaluationError,
    "rows of 2 numbers; found 3",
  );
  assertThrows(
    () => accumulator.add(Float32Array.of(1, 2, 3, NaN)),
    EvaluationError,
    "found NaN in vector 1 at 1",
  );
  accumulator.add(Float32Array.of(3, 4));
  assertEquals([...accumulator.finish().mean], [2, 3]);
  for (const dimension of [0, -1, 1.5, NaN]) {
    assertThrows(() => accumulateMoments(dimension), EvaluationError);
  }
});
