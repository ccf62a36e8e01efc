import { assertEquals, assertNotEquals } from "@std/assert";
import { planSteps } from "../../lib/training/batch_order.ts";

const run = { count: 10, batchSize: 4, seed: 1, steps: 7, firstStep: 0 };

Deno.test("each epoch has each image once in a new order, and epochs and steps count from 1", () => {
  const plan = [...planSteps(run)];
  assertEquals(plan.map(({ number }) => number), [0, 1, 2, 3, 4, 5, 6]);
  assertEquals(plan.map(({ indices }) => indices.length), [
    4,
    4,
    2,
    4,
    4,
    2,
    4,
  ]);
  assertEquals(plan.map(({ place }) => place.epoch), [1, 1, 1, 2, 2, 2, 3]);
  assertEquals(
    plan.filter(({ place }) => place.endsEpoch).map(({ place }) => place.step),
    [3, 6],
  );
  const [first, second] = [plan.slice(0, 3), plan.slice(3, 6)].map((epoch) =>
    epoch.flatMap(({ indices }) => [...indices])
  );
  assertNotEquals(first, second);
  for (const epoch of [first, second]) {
    assertEquals(epoch.toSorted((a, b) => a - b), [...Array(10).keys()]);
  }
});

Deno.test("a resumed run plans the same further steps", () => {
  const whole = [...planSteps(run)];
  for (let firstStep = 0; firstStep <= 7; firstStep++) {
    assertEquals([...planSteps({ ...run, firstStep })], whole.slice(firstStep));
  }
});
