/**
 * Tests that a seed always gives the same numbers. It must be possible to repeat a run from its
 * stored options, and to reproduce committed weights with the command in their weights.json. If a
 * seed did not always give the same numbers, then neither the run nor the weights could be
 * reproduced.
 */
import { assertAlmostEquals, assertEquals } from "@std/assert";
import { planSteps } from "../../../lib/training/batch_order.ts";
import { trainClassifierSteps } from "../../../lib/training/classifier/train_classifier.ts";
import { createClassifier, disposeClassifier } from "../../../lib/training/classifier/trainee.ts";
import { useNative, withoutLeaks } from "../../support/engine.ts";
import { toyClassifierOptions, toyDigits } from "../../support/toy_digits.ts";

Deno.test("seed 7 fixes the order of images in its first two epochs", () => {
  const plan = planSteps({
    ...{ count: 6, batchSize: 4, seed: 7 },
    ...{ steps: 4, firstStep: 0 },
  });
  assertEquals(Array.from(plan, ({ indices }) => [...indices]), ORDER);
});

Deno.test(
  "the seed fixes the first losses of a classifier",
  withoutLeaks(async () => {
    await useNative();
    const options = toyClassifierOptions({ seed: 7, dropout: .5, steps: 3 });
    const data = toyDigits(32);
    const trainee = createClassifier(options, data.images);
    const losses: number[] = [];
    for await (
      const { loss } of trainClassifierSteps(trainee, data, options)
    ) losses.push(loss);
    assertEquals(losses.length, LOSSES.length);
    losses.forEach((loss, i) => assertAlmostEquals(loss, LOSSES[i], 1e-4));
    disposeClassifier(trainee);
  }),
);

const ORDER = [[5, 3, 2, 4], [0, 1], [4, 5, 3, 1], [0, 2]];
const LOSSES = [2.6407070, 2.7233634, 2.6421387];
