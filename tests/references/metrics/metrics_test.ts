/**
 * Compares FID, KID, precision, recall, density and coverage with the results of the Python
 * packages pytorch-fid, torch-fidelity and prdc for the same features. The test is skipped unless
 * it is run with `REFERENCES=1 deno task test`.
 */
import golden from "../../golden/metrics/scores.json" with { type: "json" };
import { assertRelative } from "../../support/relative.ts";
import { useNative } from "../../support/engine.ts";
import { gaussian, transform } from "../../support/features.ts";
import { type MetricCase, metricCases } from "../../support/metric_cases.ts";
import {
  assertReference,
  computeReference,
  type ReferenceScores,
} from "../../support/metric_reference.ts";
import { needsReferences } from "../../support/references.ts";
import { requiring } from "../../support/skip.ts";

Deno.test(requiring(
  needsReferences,
  "the stored results of Python's packages equal their current results",
  async () => {
    const { cases } = await computeReference(await metricCases());
    for (const [name, wanted] of Object.entries(golden.cases)) {
      for (const [key, number] of flatten(wanted)) {
        const found = new Map(flatten(cases[name])).get(key);
        assertRelative(found ?? NaN, number, 1e-6, `${name}, ${key}`);
      }
    }
  },
));

Deno.test(requiring(
  needsReferences,
  "the scores of sets of thousands of vectors equal those of Python's packages",
  async () => {
    await useNative();
    const large = [largeCase(5000, 128), largeCase(1500, 512)];
    const { cases } = await computeReference(large);
    for (const each of large) assertReference(each, cases[each.name]);
  },
));

function largeCase(count: number, dimension: number): MetricCase {
  return {
    name: `${count} in ${dimension}`,
    real: gaussian(count, dimension, 1),
    generated: transform(
      gaussian(count, dimension, 2),
      (x, i, j) => x * (1 + j % 5 / 10) + .2 * Math.sin(i % 7),
    ),
    neighbours: 5,
    kid: { subsets: 5, subsetSize: 1000, seed: 1 },
    fullRank: true,
  };
}

function flatten(scores: ReferenceScores): [string, number][] {
  const { frechet, ...others } = scores;
  return [...Object.entries(frechet), ...Object.entries(others)];
}
