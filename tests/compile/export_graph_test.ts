import { assertAlmostEquals, assertEquals, assertMatch, assertRejects } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { compile, CompileError, exportGraph } from "../../lib/compile/mod.ts";
import { createGan, disposeGan } from "../../lib/training/gan/gan.ts";
import { createGanStep } from "../../lib/training/gan/gan_step.ts";
import { useNative } from "../support/engine.ts";
import { needsReferences, runReference } from "../support/references.ts";
import { requiring } from "../support/skip.ts";
import { toyOptions } from "../support/toy.ts";

const [ROWS, COLUMNS] = [16, 2];

Deno.test("an exported graph has the current values of its variables, and replaces an older one", async () => {
  await useNative();
  const folder = await Deno.makeTempDir();
  const total = tf.variable(tf.scalar(0));
  const add = compile((x: tf.Tensor1D) => {
    total.assign(total.add(x.sum()));
    return total.mul(2);
  });
  add(tf.tensor1d([1, 2])).dispose();
  await exportGraph(add, folder);
  assertEquals(await callSession(folder, [4, 5]), (3 + 9) * 2);
  // The exported graph's step has not changed the variable in the original program.
  assertEquals(total.dataSync()[0], 3);
  add(tf.tensor1d([10, 20])).dispose();
  await exportGraph(add, folder);
  assertEquals(await callSession(folder, [4, 5]), (33 + 9) * 2);
  add.dispose();
  total.dispose();
  await Deno.remove(folder, { recursive: true });
});

Deno.test("an exported graph contains captured tensors", async () => {
  await useNative();
  const folder = await Deno.makeTempDir();
  const weights = tf.linspace(0, 1, 50);
  const weigh = compile((x: tf.Tensor1D) => x.sum().mul(weights.sum()));
  weigh(tf.tensor1d([1, 1])).dispose();
  await exportGraph(weigh, folder);
  weigh.dispose();
  weights.dispose();
  assertAlmostEquals(await callSession(folder, [1, 2]), 75, 1e-4);
  await Deno.remove(folder, { recursive: true });
});

Deno.test("a function that was never traced cannot be exported, and the error names a remedy", async () => {
  await useNative();
  const double = compile((x: tf.Tensor) => x.mul(2));
  const error = await assertRejects(
    () => exportGraph(double, "/nowhere"),
    CompileError,
  );
  assertMatch(error.message, /call it first/);
});

Deno.test(requiring(
  needsReferences,
  "Python's TensorFlow takes the same training steps with the exported graph",
  async () => {
    await useNative();
    const folder = await Deno.makeTempDir();
    const options = toyOptions();
    const gan = createGan(options, COLUMNS);
    const step = compile(createGanStep(gan, options, 1000));
    const take = (number: number) =>
      tf.tidy(() => {
        const images = tf.linspace(-1, 1, ROWS * COLUMNS);
        return [
          ...step(
            images.reshape([ROWS, COLUMNS]),
            tf.scalar(number, "int32"),
          ).dataSync(),
        ];
      });
    for (let i = 0; i < 3; i++) take(i);
    await exportGraph(step, folder);
    const expected = [3, 4, 5].map(take);
    const { version, loaded, served } = await runReference(
      "compile/take_steps.py",
      [folder, "3", "3", `${ROWS}`, `${COLUMNS}`],
    ) as { version: string; loaded: number[][]; served: number[][] };
    assertMatch(version, /^2\.19\./);
    for (const results of [loaded, served]) {
      results.flat().forEach((value, i) => assertAlmostEquals(value, expected.flat()[i], 1e-5));
    }
    step.dispose();
    disposeGan(gan);
    await Deno.remove(folder, { recursive: true });
  },
));

/** Uses tfjs-node alone, as any program could. */
async function callSession(
  folder: string,
  argument: number[],
): Promise<number> {
  const { node } = await import("@tensorflow/tfjs-node");
  const model = await node.loadSavedModel(folder, ["serve"], "step");
  try {
    const result = model.predict({ argument0: tf.tensor1d(argument) });
    return (result as tf.NamedTensorMap).result0.dataSync()[0];
  } finally {
    model.dispose();
  }
}
