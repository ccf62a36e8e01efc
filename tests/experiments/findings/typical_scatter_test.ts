import { assertEquals, assertStringIncludes } from "@std/assert";
import {
  describeDeviation,
  typicalScatter,
} from "../../../lib/experiments/findings/typical_scatter.ts";

const pooled = { deviation: 0.2, freedom: 18, criticalValue: 3.2 };
const apart = { deviation: 0.05, freedom: 17, criticalValue: 3.3, differences: [] };

Deno.test("wild rows do not count for the typical scatter", () => {
  assertEquals(typicalScatter(pooled), { deviation: 0.2, freedom: 18 });
  assertEquals(typicalScatter({ ...pooled, apart }), { deviation: 0.05, freedom: 17 });
});

Deno.test("two runs differ by a factor that follows from the scatter without wild rows", () => {
  const words = describeDeviation({ ...pooled, apart });
  assertStringIncludes(words, "**0.200**, from 18 degrees of freedom. Without wild rows");
  assertStringIncludes(words, "exp(√2 · 0.050) = **1.07**");
  assertStringIncludes(words, "a t of 3.20");
  assertStringIncludes(describeDeviation(pooled), "exp(√2 · 0.200) = **1.33**");
});
