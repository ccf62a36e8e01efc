import { assertAlmostEquals, assertEquals } from "@std/assert";
import { addStep, emptySum, meanOf } from "../../lib/training/progress.ts";

Deno.test("emptySum returns a sum with each measure at 0", () => {
  assertEquals(emptySum(["loss", "error"]), {
    count: 0,
    values: { loss: 0, error: 0 },
  });
});

Deno.test("meanOf returns the mean of each measure, and other properties of steps are ignored", () => {
  const steps = [[1, .5], [2, .25], [6, 0]].map(([loss, error], i) => ({
    ...{ loss, error },
    step: i,
  }));
  const sum = steps.reduce(
    (sum, step) => addStep(sum, step),
    emptySum(["loss", "error"]),
  );
  assertEquals(sum, { count: 3, values: { loss: 9, error: .75 } });
  assertEquals(meanOf(sum), { loss: 3, error: .25 });
});

Deno.test("a sum of measures can be stored as JSON and continued", () => {
  const half = addStep(emptySum(["loss"]), { loss: .1 + .2 });
  const again: typeof half = JSON.parse(JSON.stringify(half));
  assertEquals(addStep(again, { loss: 1 }), addStep(half, { loss: 1 }));
  assertAlmostEquals(meanOf(addStep(again, { loss: 1 })).loss, .65);
});
