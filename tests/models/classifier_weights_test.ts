import { assert, assertEquals, assertLess, assertRejects, assertStringIncludes } from "@std/assert";
import { loadMnist } from "../../lib/dataset/mnist.ts";
import { judgeAnswers } from "../../lib/evaluation/classifier/judge_answers.ts";
import { featureModel } from "../../lib/models/classifier.ts";
import { loadClassifier } from "../../lib/models/classifier_weights.ts";
import { applyModel } from "../../lib/models/classify.ts";
import { committedFolder, modelFiles, WeightsError } from "../../lib/models/weights.ts";
import { parseClassifierOptions } from "../../lib/training/classifier/options.ts";
import { useNative } from "../support/engine.ts";

const folder = committedFolder("classifier");

Deno.test("the committed classifier misreads the number of test images that its scores state, at most .45 %", async () => {
  await useNative();
  const { test } = await loadMnist();
  const { model, temperature } = await loadClassifier();
  const logits = await applyModel(model, test.images);
  const { scores } = judgeAnswers(logits, test.labels, temperature);
  const stated = JSON.parse(await Deno.readTextFile(`${folder}/seed_accuracy.json`));
  // A different processor rounds differently, so an answer near the boundary may change.
  assert(Math.abs(scores.wrong - stated.test.wrong) <= 1);
  assert(scores.error <= 0.0045);
  assert(stated.runs.length >= 1 && stated.meanTestError <= 0.0055);
  assertLess(
    scores.calibrated.expectedCalibrationError,
    0.005,
    "answers are right as often as their confidence says",
  );
  model.dispose();
});

Deno.test("the classifier's card has options, seed and command, and features are 64 to 256 numbers", async () => {
  await useNative();
  const { model, config, hash, temperature } = await loadClassifier();
  const card = JSON.parse(await Deno.readTextFile(`${folder}/weights.json`));
  assertEquals(parseClassifierOptions(config).seed, card.seed);
  assertStringIncludes(
    card.command,
    `deno task classifier --seed ${card.seed}`,
  );
  assertEquals([hash, temperature], [
    card.sha256["weights.bin"],
    card.temperature,
  ]);
  const [, dimension] = featureModel(model).outputs[0].shape;
  assert(dimension! >= 64 && dimension! <= 256);
  const { size } = await Deno.stat(`${folder}/weights.bin`);
  assertLess(size, 2e6);
  model.dispose();
});

Deno.test("altered or missing weights are refused with instructions to restore them", async () => {
  const copy = await Deno.makeTempDir();
  for (const name of [...modelFiles, "weights.json"]) {
    await Deno.copyFile(`${folder}/${name}`, `${copy}/${name}`);
  }
  const bytes = await Deno.readFile(`${copy}/weights.bin`);
  bytes[100] ^= 1;
  await Deno.writeFile(`${copy}/weights.bin`, bytes);
  const error = await assertRejects(
    () => loadClassifier(copy),
    WeightsError,
    "weights.bin: wanted the file with SHA-256",
  );
  assertStringIncludes(error.message, "deno task classifier --seed");
  const card = JSON.parse(await Deno.readTextFile(`${copy}/weights.json`));
  delete card.temperature;
  await Deno.writeTextFile(`${copy}/weights.json`, JSON.stringify(card));
  await assertRejects(
    () => loadClassifier(copy),
    WeightsError,
    "temperature",
  );
  await assertRejects(
    () => loadClassifier(`${copy}/none`),
    WeightsError,
    "wanted trained weights, found no such file",
  );
});
