import { assertEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { useNative } from "../support/engine.ts";
import { examples } from "./kernels/examples.ts";
import { tryKernel } from "./kernels/try_kernel.ts";

const LIST = new URL("../../lib/compile/KERNELS.md", import.meta.url);

Deno.test("each kernel of tfjs-node works in graphs as the list in the documentation states", async (test) => {
  await useNative();
  const kernels = tf.getKernelsForBackend("tensorflow")
    .map(({ kernelName }) => kernelName).sort();
  const listed = readList(await Deno.readTextFile(LIST));
  await test.step("the list contains each kernel and no others", () => {
    assertEquals([...listed.keys()], kernels);
  });
  for (const kernel of kernels) {
    await test.step(kernel, () => {
      const { outcome, message } = tryKernel(kernel, examples[kernel]);
      assertEquals(outcome, listed.get(kernel), message);
    });
  }
});

function readList(text: string): ReadonlyMap<string, string> {
  const rows = [...text.matchAll(/^\| `(\w+)` +\| ([^|]+?) +\|$/gm)];
  return new Map(rows.map(([, kernel, outcome]) => [kernel, outcome]));
}
