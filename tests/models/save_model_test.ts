import { assertAlmostEquals, assertEquals, assertRejects } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { startEngine } from "../../lib/engine/backend.ts";
import { buildDiscriminator } from "../../lib/models/discriminator.ts";
import { buildGenerator } from "../../lib/models/generator.ts";
import { loadModel, saveModel } from "../../lib/models/save_model.ts";
import { useNative } from "../support/engine.ts";

const small = {
  latentSize: 5,
  hidden: [7, 6],
  activation: "leaky-relu",
  batchNormMomentum: 0.8,
  imageSize: 9,
} as const;

Deno.test("a saved generator draws the same images after loading", async () => {
  await useNative();
  const folder = await Deno.makeTempDir();
  const model = buildGenerator(small, 3);
  await saveModel(model, folder);
  const loaded = await loadModel(folder);
  assertEquals(draw(loaded), draw(model));
  assertEquals([...Deno.readDirSync(folder)].map(({ name }) => name).sort(), [
    "model.json",
    "weights.bin",
  ]);
});

Deno.test("tfjs-node's own loader opens a saved discriminator with its dropout", async () => {
  await useNative();
  const folder = await Deno.makeTempDir();
  const model = buildDiscriminator({
    imageSize: 5,
    hidden: [4],
    activation: "relu",
    dropout: 0.4,
  }, 1);
  await saveModel(model, folder);
  const loaded = await tf.loadLayersModel(`file://${folder}/model.json`);
  assertEquals(draw(loaded), draw(model));
  assertEquals(loaded.getLayer("dropout").getConfig().rate, 0.4);
  // tfjs-node's loader creates the standard layer, which needs no seed.
  tf.tidy(() => {
    loaded.apply(tf.ones([2, 5]), { training: true });
  });
});

Deno.test("half precision rounds each weight to 11 bits and halves the file", async () => {
  await useNative();
  const folder = await Deno.makeTempDir();
  const model = buildGenerator(small, 3);
  await saveModel(model, folder, "float16");
  assertEquals(
    (await Deno.stat(`${folder}/weights.bin`)).size,
    model.countParams() * 2,
  );
  const loaded = await loadModel(folder);
  const weights = loaded.getWeights().map((weight) => weight.dataSync());
  model.getWeights().forEach((weight, i) =>
    assertEquals(
      weights[i],
      Float32Array.from(weight.dataSync(), Math.f16round),
    )
  );
  draw(loaded).forEach((value, i) => assertAlmostEquals(value, draw(model)[i], 5e-3));
});

Deno.test("a model that was saved natively draws the same images on the cpu engine", async () => {
  await useNative();
  const folder = await Deno.makeTempDir();
  const model = buildGenerator(small, 3);
  await saveModel(model, folder);
  const native = draw(model);
  await startEngine({ engine: "cpu" });
  draw(await loadModel(folder)).forEach((value, i) => assertAlmostEquals(value, native[i], 1e-6));
  await useNative();
});

Deno.test("a folder without a model is named in the error", async () => {
  await assertRejects(
    () => loadModel("/nonexistent/model"),
    Error,
    "wanted model.json and its weights in /nonexistent/model",
  );
});

function draw(model: tf.LayersModel): number[] {
  return tf.tidy(() => {
    const latents = tf.tensor2d([[0.1, -0.2, 0.3, 1, -1], [
      2,
      0.5,
      0,
      -0.3,
      0.7,
    ]]);
    return [
      ...(model.apply(latents, { training: false }) as tf.Tensor).dataSync(),
    ];
  });
}
