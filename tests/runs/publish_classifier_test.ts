import { assert, assertEquals, assertRejects } from "@std/assert";
import { startEngine } from "../../lib/engine/backend.ts";
import { loadClassifier } from "../../lib/models/classifier_weights.ts";
import { classify } from "../../lib/models/classify.ts";
import {
  type ClassifierRun,
  trainClassifierRun,
} from "../../lib/runs/classifier_run.ts";
import { publishClassifier } from "../../lib/runs/publish_classifier.ts";
import { readScores } from "../../lib/runs/classifier_scores.ts";
import { createRun, RunError } from "../../lib/runs/run_folder.ts";
import type { TrainClassifierOptions } from "../../lib/training/classifier/options.ts";
import { useNative } from "../support/engine.ts";
import { toyClassifierOptions, toyDigits } from "../support/toy_digits.ts";

const data = { train: toyDigits(100), test: toyDigits(60, 2) };

Deno.test("of several seeds the first is published, with the scores of all", async () => {
  await useNative();
  const runs = [
    await finishedRun({ seed: 2, epochs: 2 }),
    await finishedRun({ seed: 1, epochs: 2 }),
  ];
  const folder = `${await Deno.makeTempDir()}/classifier`;
  const published = await publishClassifier(runs, data, folder, "the command");
  const scores = await Promise.all(
    runs.map(({ folder }) => readScores(folder)),
  );
  assertEquals(published.scores.seed, 2);
  assertEquals(published.scores.runs.map(({ seed }) => seed), [2, 1]);
  assertEquals(
    published.scores.meanTestError,
    scores.reduce((sum, score) => sum + score!.test.error / 2, 0),
  );
  const names = [...Deno.readDirSync(folder)].map(({ name }) => name).sort();
  assertEquals(names, [
    "confusion.png",
    "misread.png",
    "model.json",
    "scores.json",
    "weights.bin",
    "weights.json",
  ]);

  const classifier = await loadClassifier(folder);
  assertEquals(classifier.temperature, published.scores.temperature);
  assertEquals(classifier.config, { ...runs[0].options });
  assertEquals(classifier.hash.length, 64);
  const probabilities = await classify(classifier, data.test.images);
  const misread = data.test.labels.reduce((sum, label, row) => {
    const of = probabilities.subarray(10 * row, 10 * row + 10);
    return sum + (of.indexOf(Math.max(...of)) === label ? 0 : 1);
  }, 0);
  assertEquals(misread, published.scores.test.wrong);
  classifier.model.dispose();
});

Deno.test("runs that differ in more than their seeds, or are not finished, are not published", async () => {
  await useNative();
  const [one, other] = [
    await finishedRun({ seed: 1 }),
    await finishedRun({ seed: 2, dropout: 0.5 }),
  ];
  const folder = `${await Deno.makeTempDir()}/classifier`;
  await assertRejects(
    () => publishClassifier([one, other], data, folder, ""),
    RunError,
    "wanted runs that differ in their seeds only",
  );
  const unfinished = await newRun({ seed: 3 });
  await assertRejects(
    () => publishClassifier([one, unfinished], data, folder, ""),
    RunError,
    "wanted a finished run",
  );
  assert(!(await Deno.stat(folder).then(() => true, () => false)));
});

async function newRun(
  changes: Partial<TrainClassifierOptions>,
): Promise<ClassifierRun> {
  const options = toyClassifierOptions(changes);
  return await createRun(await Deno.makeTempDir(), "run", options);
}

async function finishedRun(
  changes: Partial<TrainClassifierOptions>,
): Promise<ClassifierRun> {
  const run = await newRun(changes);
  const engine = await startEngine({ engine: "native" });
  await Array.fromAsync(trainClassifierRun(run, data, { engine }));
  return run;
}
