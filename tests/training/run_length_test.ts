import { assertEquals } from "@std/assert";
import { parseTrainOptions } from "../../lib/training/gan/options.ts";
import { stepsPerEpoch, totalEpochs, totalSteps } from "../../lib/training/run_length.ts";

Deno.test("the last batch of an epoch may be smaller, and counts as a step", () => {
  const cases = [[1, 1], [127, 1], [128, 1], [129, 2], [60_000, 469]];
  for (const [count, steps] of cases) {
    assertEquals(stepsPerEpoch({ count }, { batchSize: 128 }), steps, `${count} images`);
  }
});

Deno.test("the length of a run is its steps, or otherwise its epochs", () => {
  assertEquals(totalSteps(parseTrainOptions({ epochs: 3 }), 469), 1407);
  assertEquals(
    totalSteps(parseTrainOptions({ epochs: 3, steps: 10 }), 469),
    10,
  );
});

Deno.test("a run starts the epochs that its options name, or those that its steps need", () => {
  assertEquals(totalEpochs({ epochs: 3, steps: 0 }, 469), 3);
  for (const [steps, epochs] of [[1, 1], [469, 1], [470, 2], [938, 2]]) {
    assertEquals(totalEpochs({ epochs: 9, steps }, 469), epochs, `${steps} steps`);
  }
});
