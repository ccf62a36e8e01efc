import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import sharp from "sharp";
import { parseTrainCommand } from "../../lib/cli/train_options.ts";
import { drawSheet } from "../../lib/display/sheets.ts";
import { committedFolder, loadWeights, WeightsError } from "../../lib/models/weights.ts";
import { deriveSeed } from "../../lib/random.ts";
import { createRun, RunError } from "../../lib/runs/run_folder.ts";
import { publishGenerators } from "../../lib/publishing/publish_generators.ts";
import { sampleImages } from "../../lib/models/sample_images.ts";
import {
  parseTrainOptions,
  type TrainOptions,
  trainOptionsSchema,
} from "../../lib/training/gan/options.ts";
import { useNative } from "../support/engine.ts";

Deno.test("the committed generator is complete, and draws the sheet in its folder", async () => {
  await useNative();
  const folder = committedFolder("generator");
  const { model, card } = await loadWeights(folder);
  const options = parseTrainOptions(card.config);
  assertEquals(options.seed, card.seed);
  assertEquals(optionsIn(card.command), options);
  const images = await sampleImages(model, {
    count: 64,
    seed: deriveSeed(card.seed, "samples"),
  });
  const [drawn, committed] = await Promise.all(
    [await drawSheet(images), await Deno.readFile(`${folder}/sheet.png`)].map((
      png,
    ) => sharp(png).raw().toBuffer()),
  );
  // A different processor rounds differently, so a byte may differ by one.
  assert(drawn.every((value, i) => Math.abs(value - committed[i]) <= 1));
});

Deno.test("tfjs-node's own loader opens the committed generator", async () => {
  await useNative();
  const model = await tf.loadLayersModel(
    `file://${committedFolder("generator")}/model.json`,
  );
  assertEquals(model.outputs[0].shape, [null, 784]);
});

Deno.test("altered or missing weights are refused with instructions to restore them", async () => {
  const folder = await Deno.makeTempDir();
  for (const name of ["model.json", "weights.bin", "weights.json"]) {
    await Deno.copyFile(
      `${committedFolder("generator")}/${name}`,
      `${folder}/${name}`,
    );
  }
  const bytes = await Deno.readFile(`${folder}/weights.bin`);
  bytes[1000] ^= 1;
  await Deno.writeFile(`${folder}/weights.bin`, bytes);
  const error = await assertRejects(
    () => loadWeights(folder),
    WeightsError,
    "weights.bin: wanted the file with SHA-256",
  );
  assertStringIncludes(error.message, "deno task train --seed");
  await Deno.remove(`${folder}/weights.bin`);
  await assertRejects(
    () => loadWeights(folder),
    WeightsError,
    "weights.bin: wanted trained weights, found no such file",
  );
  await Deno.writeTextFile(`${folder}/weights.json`, "{}");
  await assertRejects(() => loadWeights(folder), WeightsError, "weights.json");
});

Deno.test("a run that is not finished is not published", async () => {
  const run = await createRun(
    await Deno.makeTempDir(),
    "run",
    parseTrainOptions({}),
  );
  await assertRejects(
    () => publishGenerators([run], "/nonexistent", "command"),
    RunError,
    "wanted a finished run",
  );
});

/** Returns the training options in the first command of several. */
function optionsIn(commands: string): TrainOptions {
  const [first] = commands.split(" && ");
  const args = first.replace(/^deno task train /, "").split(" ");
  const description = { task: "train", description: "", runs: "", schema: trainOptionsSchema };
  return parseTrainOptions(parseTrainCommand<TrainOptions>(description, args).given);
}
