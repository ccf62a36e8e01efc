/**
 * Compares scores with the results of Python packages. The programs that computed these results are
 * in tests/references/metrics.
 */
import { assertEquals } from "@std/assert";
import golden from "../../golden/metrics/scores.json" with { type: "json" };
import { useNative } from "../../support/engine.ts";
import { onBothEngines } from "../../support/features.ts";
import { metricCases } from "../../support/metric_cases.ts";
import { assertReference, type ReferenceScores } from "../../support/metric_reference.ts";

const cases = await metricCases();
const references: Readonly<Record<string, ReferenceScores>> = golden.cases;

Deno.test("every case of the metrics has a stored reference", () => {
  assertEquals(cases.map(({ name }) => name), Object.keys(references));
});

for (const each of cases) {
  Deno.test(`native scores equal those of pytorch-fid, torch-fidelity and prdc: ${each.name}`, async () => {
    await useNative();
    assertReference(each, references[each.name]);
  });
}

Deno.test("scores in TypeScript equal the references for small cases", async () => {
  for (const each of cases) {
    if (each.real.count * each.real.dimension > 20_000) continue;
    await onBothEngines(() => assertReference(each, references[each.name]));
  }
});
