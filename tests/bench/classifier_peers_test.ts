/**
 * Tests that the peers train the same classifier as this project: from the same weights and on the
 * same batch, the losses are the same, before the first step and after each step.
 */
import { assertAlmostEquals, assertEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { classifierBatch, createBenchedClassifier } from "../../lib/bench/classifier_contenders.ts";
import { peerConfigurations } from "../../lib/bench/peer_configurations.ts";
import { compile } from "../../lib/compile/mod.ts";
import { comparingPeers, oneOfEachMode, weightsOf, writeArrays } from "../support/peers.ts";
import { runReference } from "../support/references.ts";

/** The step is compiled in its second call, so its result shows in the third loss. */
const STEPS = 3;

/** The largest allowed difference between losses, which are between 2 and 3. */
const TOLERANCE = 1e-4;

Deno.test(comparingPeers(
  "each peer's losses of the classifier are those of this project",
  async (t, folder) => {
    const wanted = await takeSteps(folder);
    for (const { framework, mode } of oneOfEachMode(peerConfigurations("classifier"))) {
      await t.step(`${framework}, ${mode}`, async () => {
        const found = await runReference(
          "references/peers/take_classifier_steps.py",
          [framework, mode, `${STEPS}`, folder],
        ) as number[];
        assertEquals(found.length, STEPS);
        for (const [step, loss] of wanted.entries()) {
          assertAlmostEquals(found[step], loss, TOLERANCE, `step ${step}`);
        }
      });
    }
  },
));

async function takeSteps(folder: string): Promise<number[]> {
  const { model, step, dispose } = createBenchedClassifier({ height: 28, width: 28 });
  const compiled = compile(step);
  const x = tf.randomUniform<tf.Rank.R4>([classifierBatch, 28, 28, 1], -1, 1, "float32", 1);
  const y = tf.randomUniform<tf.Rank.R1>([classifierBatch], 0, 10, "int32", 2);
  await writeArrays(folder, [
    ...weightsOf("weights", model),
    ["x", x],
    ["y", y.cast("float32")],
  ]);
  const losses = Array.from({ length: STEPS }, () => tf.tidy(() => compiled(x, y).dataSync()[0]));
  compiled.dispose();
  dispose();
  return losses;
}
