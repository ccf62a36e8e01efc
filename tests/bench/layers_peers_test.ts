/**
 * Tests that Keras trains the same tf.layers models as this project: from the same weights and on
 * the same batch, the losses are the same, before the first step and after each step.
 */
import { assertAlmostEquals, assertEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { layersPeers } from "../../lib/bench/layers_contenders.ts";
import { type BenchedModel, benchedModels } from "../../lib/bench/layers_models.ts";
import { prepareModel, trainFunctionOf } from "../../lib/bench/layers_steps.ts";
import { comparingPeers, type NamedArray, weightsOf, writeArrays } from "../support/peers.ts";
import { runReference } from "../support/references.ts";

/** The accelerated step is compiled in its second call, so its result shows in the third loss. */
const STEPS = 3;

/**
 * The largest allowed differences between losses, which are between 0.3 and 3.2. XLA sums a
 * convolution's gradients in another order, and Adam's first steps magnify the rounding errors.
 */
const tolerances: Readonly<Record<string, number>> = { graph: 1e-5, jit: 1e-4 };

const models = Object.entries<BenchedModel>(benchedModels);
const modes = [...new Set(layersPeers.map(({ mode }) => mode))];

Deno.test("Keras has a configuration for each model and mode", () => {
  assertEquals(
    layersPeers.map(({ task, mode }) => `${task} ${mode}`),
    models.flatMap(([name]) => modes.map((mode) => `${name} ${mode}`)),
  );
});

Deno.test(comparingPeers(
  "Keras' losses of each tf.layers model are those of this project",
  async (t, folder) => {
    const arrays: NamedArray[] = [];
    const wanted = models.map(([name, model]) => takeSteps(name, model, arrays));
    await writeArrays(folder, arrays);
    for (const mode of modes) {
      const found = await runReference(
        "references/peers/take_layers_steps.py",
        [mode, `${STEPS}`, folder],
      ) as Record<string, number[]>;
      for (const [i, [name]] of models.entries()) {
        await t.step(`${name}, ${mode}`, () => compare(found[name], wanted[i], tolerances[mode]));
      }
    }
  },
));

function compare(found: readonly number[], wanted: readonly number[], tolerance: number): void {
  assertEquals(found.length, wanted.length);
  for (const [step, loss] of wanted.entries()) {
    assertAlmostEquals(found[step], loss, tolerance, `step ${step}`);
  }
}

/** Takes accelerated steps. Adds the initial weights and the batch to `arrays`. */
function takeSteps(name: string, benched: BenchedModel, arrays: NamedArray[]): number[] {
  const { model, dispose } = prepareModel(benched, true);
  const { x, y } = batchOf(name, benched);
  arrays.push(...weightsOf(`${name}/weights`, model), [`${name}/x`, x], [`${name}/y`, y]);
  const train = trainFunctionOf(model);
  const losses = Array.from({ length: STEPS }, () => tf.tidy(() => train([x, y])[0].dataSync()[0]));
  dispose();
  return losses;
}

/**
 * Returns the batch that is timed, except that each word of the embedding occurs only once in it.
 * If a word occurs several times, then Adam in Keras squares its gradients before it adds them up,
 * and Adam in tfjs squares their sum.
 */
function batchOf(
  name: string,
  { batch, data }: BenchedModel,
): { readonly x: tf.Tensor; readonly y: tf.Tensor } {
  const { x, y } = data(batch);
  return { x: name === "embedding" ? tf.range(0, x.size).reshape(x.shape) : x, y };
}
