import { assert, assertAlmostEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { binaryCrossEntropy } from "../../../lib/training/gan/losses.ts";
import { useNative, withoutLeaks } from "../../support/engine.ts";

Deno.test(
  "cross-entropy from logits is the mean of −t·ln σ(x) − (1 − t)·ln(1 − σ(x))",
  withoutLeaks(async () => {
    await useNative();
    const logits = [-3, -0.5, 0, 0.7, 4];
    const targets = [0, 0.3, 0.5, 1.2, 1];
    const expected = logits.reduce((sum, x, i) => {
      const p = 1 / (1 + Math.exp(-x));
      return sum - targets[i] * Math.log(p) -
        (1 - targets[i]) * Math.log(1 - p);
    }, 0) / logits.length;
    assertAlmostEquals(loss(targets, logits), expected, 1e-6);
  }),
);

Deno.test(
  "cross-entropy is |x| for a large wrong logit x, 0 for a large right one, always finite",
  withoutLeaks(async () => {
    await useNative();
    assertAlmostEquals(loss([0], [200]), 200, 1e-4);
    assertAlmostEquals(loss([1], [-200]), 200, 1e-4);
    assertAlmostEquals(loss([1], [200]), 0, 1e-6);
    assert(Number.isFinite(loss([0.5], [1e30])));
  }),
);

Deno.test(
  "the gradient of cross-entropy is (σ(x) − t) / n",
  withoutLeaks(async () => {
    await useNative();
    const [logits, targets] = [[-2, 0.5, 3], [0.15, 0.95, 1]];
    const gradient = tf.tidy(() => {
      const wanted = tf.tensor2d(targets, [3, 1]);
      return tf.grad((x) => binaryCrossEntropy(wanted, x as tf.Tensor2D))(
        tf.tensor2d(logits, [3, 1]),
      ).dataSync();
    });
    logits.forEach((x, i) =>
      assertAlmostEquals(
        gradient[i],
        (1 / (1 + Math.exp(-x)) - targets[i]) / 3,
        1e-6,
      )
    );
  }),
);

function loss(targets: number[], logits: number[]): number {
  const column = (values: number[]) => tf.tensor2d(values, [values.length, 1]);
  return tf.tidy(() => binaryCrossEntropy(column(targets), column(logits)).dataSync()[0]);
}
