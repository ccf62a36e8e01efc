/**
 * Rewrites the files in tests/golden/metrics. They contain the scores that Python packages compute.
 * With --features, the script also rewrites the files with the features of some digits. The
 * features are computed by the classifier in this repository and by the published LeNet.
 *
 * Usage: deno run -A tests/references/metrics/write_golden.ts [--features LENET_JSON]
 */
import { writeAtomically } from "../../../lib/system/atomic_write.ts";
import { loadMnist } from "../../../lib/dataset/mnist.ts";
import { openExtractor } from "../../../lib/evaluation/extractors/open_extractor.ts";
import { loadClassifier } from "../../../lib/models/classifier_weights.ts";
import { npyOf } from "../../evaluation/readers/files.ts";
import { useNative } from "../../support/engine.ts";
import { metricCases, storedFeatures } from "../../support/metric_cases.ts";
import { computeReference } from "../../support/metric_reference.ts";

const COUNT = 100;
const golden = new URL("../../golden/metrics/", import.meta.url);

if (Deno.args[0] === "--features") await writeFeatures(Deno.args[1]);
const { versions, cases } = await computeReference(await metricCases());
const software = Object.entries(versions).map((pair) => pair.join(" "));
const origin = "metrics_reference.py on the cases of metric_cases.ts: " +
  software.join(", ");
await writeAtomically(
  new URL("scores.json", golden).pathname,
  JSON.stringify({ origin, cases }, null, 2) + "\n",
);

async function writeFeatures(lenet: string): Promise<void> {
  await useNative();
  const { train, test } = await loadMnist();
  const sides = { real: test, generated: train };
  for (const name of storedFeatures) {
    const extractor = await openExtractor(name, {
      loadDigit: async () => ({ ...await loadClassifier(), range: "0..1" }),
      lenet,
    });
    for (const [side, { images }] of Object.entries(sides)) {
      const pixels = images.pixels.slice(0, COUNT * 784);
      const values = await extractor.features(pixels, COUNT);
      await writeAtomically(
        new URL(`${name}_${side}.npy`, golden).pathname,
        npyOf(values, [COUNT, extractor.dimension]),
      );
    }
    extractor.dispose();
  }
}
