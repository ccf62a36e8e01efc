import * as tf from "@tensorflow/tfjs";
import { createRequire } from "node:module";
const util = createRequire(import.meta.url)("node:util"); util.isNullOrUndefined ??= (x: unknown) => x == null;
Deno.env.set("TF_CPP_MIN_LOG_LEVEL", "3");
Deno.test("native works", async () => {
  const t = performance.now();
  await import("@tensorflow/tfjs-node");
  const m = tf.sequential({layers:[tf.layers.dense({units:4,inputShape:[8]})]});
  m.compile({loss:"meanSquaredError",optimizer:"adam"});
  await m.fit(tf.ones([16,8]), tf.ones([16,4]), {epochs:3, verbose:0});
  const v = tf.matMul(tf.ones([512,512]), tf.ones([512,512])).sum().dataSync()[0];
  console.log(Deno.pid, tf.getBackend(), v, tf.memory().numTensors, performance.now()-t);
  if (v !== 512**3) throw new Error("wrong " + v);
});
