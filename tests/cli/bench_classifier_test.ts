import { assertEquals, assertLess } from "@std/assert";
import { benchClassifierStep } from "../../lib/cli/bench_classifier.ts";
import { useNative, withoutLeaks } from "../support/engine.ts";

for (const compiled of [true, false]) {
  Deno.test(
    `the benchmarks' step learns its batch, ${
      compiled ? "compiled" : "operation by operation"
    }`,
    withoutLeaks(async () => {
      await useNative();
      const bench = benchClassifierStep({ batch: 8, compiled });
      const losses = Array.from({ length: 12 }, () => bench.step());
      assertEquals(losses.every(Number.isFinite), true);
      assertLess(losses[11], losses[0]);
      bench.dispose();
    }),
  );
}
