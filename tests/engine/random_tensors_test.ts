import { assertAlmostEquals, assertEquals, assertNotEquals, assertThrows } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { startEngine } from "../../lib/engine/backend.ts";
import { normal, type StepNumber, uniform } from "../../lib/engine/random_tensors.ts";
import { useNative } from "../support/engine.ts";

type Draw = (shape: readonly number[], seed: number, step: StepNumber) => tf.Tensor;

const cases: readonly [number[], number, number][] = [
  [[1], 0, 0],
  [[5], 7, 3],
  [[3, 4], 2 ** 31 - 1, 1],
  [[2, 3, 5], 1, 2 ** 31 - 1],
  [[1000], 123456789, 14069],
  [[], 4, 4],
  [[0], 4, 4],
];

Deno.test("uniform numbers have the same bits natively and in TypeScript", async () => {
  for (const [shape, seed, step] of cases) {
    const [native, typescript] = await onBoth(uniform, shape, seed, step);
    assertEquals(
      native,
      typescript,
      `shape [${shape}], seed ${seed}, step ${step}`,
    );
  }
});

Deno.test("normal numbers are the same natively and in TypeScript, except for rounding", async () => {
  for (const [shape, seed, step] of cases) {
    const [native, typescript] = await onBoth(normal, shape, seed, step);
    assertEquals(native.length, typescript.length);
    native.forEach((value, i) =>
      assertAlmostEquals(
        value,
        typescript[i],
        2e-6,
        `shape [${shape}], number ${i}`,
      )
    );
  }
});

Deno.test("random tensors accept a step as a number or a tensor", async () => {
  await useNative();
  tf.tidy(() => {
    const step = tf.scalar(9, "int32");
    assertEquals(normal([6], 5, step).dataSync(), normal([6], 5, 9).dataSync());
    assertNotEquals(
      normal([6], 5, step).dataSync(),
      normal([6], 5, 10).dataSync(),
    );
  });
});

Deno.test("random normal numbers have mean 0, variance 1 and normal tails", async () => {
  await useNative();
  const values = tf.tidy(() => normal([200_000], 1, 0).dataSync<"float32">());
  const n = values.length;
  const mean = values.reduce((sum, x) => sum + x, 0) / n;
  const variance = values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / n;
  const beyondTwo = values.filter((x) => Math.abs(x) > 2).length / n;
  // The tolerances are five standard errors. 4.55 % of a normal distribution lies beyond two
  // standard deviations.
  assertAlmostEquals(mean, 0, 5 / Math.sqrt(n));
  assertAlmostEquals(variance, 1, 5 * Math.sqrt(2 / n));
  assertAlmostEquals(beyondTwo, 0.0455, 5 * Math.sqrt(0.0455 * 0.9545 / n));
});

Deno.test("a seed that is not a non-negative 31-bit integer is refused", () => {
  for (const seed of [-1, 0.5, 2 ** 31]) {
    assertThrows(() => normal([1], seed, 0), RangeError, String(seed));
  }
});

async function onBoth(
  draw: Draw,
  shape: number[],
  seed: number,
  step: number,
): Promise<[number[], number[]]> {
  const values = () => tf.tidy(() => [...draw(shape, seed, step).dataSync()]);
  await useNative();
  const native = values();
  await startEngine({ engine: "cpu" });
  const typescript = values();
  await useNative();
  return [native, typescript];
}
