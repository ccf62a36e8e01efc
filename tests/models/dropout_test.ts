import {
  assert,
  assertAlmostEquals,
  assertEquals,
  assertNotEquals,
  assertThrows,
} from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { SeededDropout } from "../../lib/models/dropout.ts";
import { useNative, withoutLeaks } from "../support/engine.ts";

Deno.test(
  "in training, the share `rate` of the values is zero and the others are scaled to keep the mean",
  withoutLeaks(async () => {
    await useNative();
    const values = apply(new SeededDropout({ rate: 0.3 }), {
      training: true,
      dropout: { seed: 1, step: 0 },
    });
    const dropped = values.filter((value) => value === 0).length /
      values.length;
    // Five standard errors.
    assertAlmostEquals(dropped, 0.3, 5 * Math.sqrt(0.3 * 0.7 / values.length));
    for (const value of values) {
      assert(value === 0 || Math.abs(value - 1 / 0.7) < 1e-6);
    }
  }),
);

Deno.test(
  "the mask is a function of seed and step",
  withoutLeaks(async () => {
    await useNative();
    const layer = new SeededDropout({ rate: 0.5 });
    const mask = (seed: number, step: number) =>
      apply(layer, { training: true, dropout: { seed, step } });
    assertEquals(mask(1, 0), mask(1, 0));
    assertNotEquals(mask(1, 0), mask(1, 1));
    assertNotEquals(mask(1, 0), mask(2, 0));
  }),
);

Deno.test(
  "outside training, and at rate 0, nothing is dropped",
  withoutLeaks(async () => {
    await useNative();
    assertEquals(
      new Set(apply(new SeededDropout({ rate: 0.9 }), { training: false })),
      new Set([1]),
    );
    assertEquals(
      new Set(apply(new SeededDropout({ rate: 0 }), { training: true })),
      new Set([1]),
    );
  }),
);

Deno.test("training without a seed is refused", async () => {
  await useNative();
  assertThrows(
    () => apply(new SeededDropout({ rate: 0.5, name: "drop" }), { training: true }),
    Error,
    "Layer 'drop' was called in training without a seed",
  );
});

function apply(
  layer: SeededDropout,
  args: Parameters<SeededDropout["call"]>[1],
): number[] {
  return tf.tidy(
    () => [
      ...(layer.apply(tf.ones([100, 100]), { ...args }) as tf.Tensor)
        .dataSync(),
    ],
  );
}
