import { assertEquals, assertGreaterOrEqual } from "@std/assert";
import { exampleTitles } from "../../lib/bench/example_contenders.ts";
import { compiledSteps, timeFirstCall } from "../../lib/bench/layers_costs.ts";
import { benchedModels } from "../../lib/bench/layers_models.ts";

Deno.test("the first compiled call is measured for all models and examples", () => {
  const titles = Object.values(benchedModels).map(({ title }) => title as string);
  assertEquals(Object.keys(compiledSteps), [...titles, ...exampleTitles]);
  assertEquals(Object.keys(compiledSteps).length, 8 + 13);
});

// With SGD, the first call is compiled. With Adam, it is the second, and with shared layers a later
// one.
for (const compiledIn of [1, 2, 4]) {
  Deno.test(`a model that is compiled in call ${compiledIn} is measured in that call`, () => {
    const pause = 30;
    let calls = 0;
    let disposed = false;
    const step = () => {
      const end = performance.now() + (++calls === compiledIn ? pause : 0);
      while (performance.now() < end);
    };
    const milliseconds = timeFirstCall({ step, dispose: () => void (disposed = true) });
    assertGreaterOrEqual(milliseconds, pause);
    assertEquals(disposed, true);
  });
}
