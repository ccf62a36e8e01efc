import { assert, assertEquals, assertRejects } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { holdBack } from "../../lib/dataset/split.ts";
import { type Engine, startEngine } from "../../lib/engine/backend.ts";
import { classifierCardSchema, loadClassifier } from "../../lib/models/classifier_weights.ts";
import { classify } from "../../lib/models/classify.ts";
import { saveModel } from "../../lib/models/save_model.ts";
import { loadWeights } from "../../lib/models/weights.ts";
import { type ClassifierRun, trainClassifierRun } from "../../lib/runs/classifier_run.ts";
import { publishClassifier } from "../../lib/publishing/publish_classifier.ts";
import { calibrateAndJudge, readScores } from "../../lib/runs/classifier_scores.ts";
import { createRun, RunError } from "../../lib/runs/run_folder.ts";
import { writeSummary } from "../../lib/runs/summary.ts";
import { createClassifier, disposeClassifier } from "../../lib/training/classifier/trainee.ts";
import type { TrainClassifierOptions } from "../../lib/training/classifier/options.ts";
import { useNative, withoutLeaks } from "../support/engine.ts";
import { toyClassifierOptions, toyDigits } from "../support/toy_digits.ts";

const data = { train: toyDigits(100), test: toyDigits(60, 2) };

Deno.test("the first of several runs is published, with the scores of all seeds", async () => {
  await useNative();
  const runs = [
    await finishedRun({ seed: 2, epochs: 2 }),
    await finishedRun({ seed: 1, epochs: 2 }),
  ];
  const folder = `${await Deno.makeTempDir()}/classifier`;
  const published = await publishClassifier(runs, data, { folder, command: "the command" });
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
    "seed_accuracy.json",
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

Deno.test(
  "a classifier is published in half precision, with a card and its own scores",
  withoutLeaks(async () => {
    const runs = [await savedRun({ seed: 3 }), await savedRun({ seed: 4 })];
    const folder = `${await Deno.makeTempDir()}/classifier`;
    const published = await publishClassifier(runs, data, {
      folder,
      command: "again",
      pictures: false,
    });
    assertEquals([published.name, published.precision], ["run", "float16"]);
    const { model, card } = await loadWeights(folder, classifierCardSchema);
    const { sha256: _, ...said } = card;
    assertEquals(said, {
      ...{ command: "again", seed: 3, precision: "float16" },
      config: { ...runs[0].options },
      engine: { ...await native() },
      temperature: published.scores.temperature,
    });
    const { validation } = holdBack(data.train, 20);
    const { scores } = await calibrateAndJudge(model, {
      ...{ validation, test: data.test },
    });
    model.dispose();
    const errors = await Promise.all(runs.map(async ({ folder }) => ({
      ...(await readScores(folder))!,
    })));
    assertEquals(published.scores, {
      seed: 3,
      ...scores,
      runs: errors.map(({ validation, test }, i) => ({
        ...{ seed: 3 + i, validation, test },
      })),
      meanTestError: (errors[0].test.error + errors[1].test.error) / 2,
    });
    const text = await Deno.readTextFile(`${folder}/seed_accuracy.json`);
    assertEquals(JSON.parse(text), published.scores);
    assert(text.endsWith("}\n"));
    assertEquals(await sizes(folder), await sizes(runs[0].folder) / 2);
    const names = [...Deno.readDirSync(folder)].map(({ name }) => name).sort();
    assertEquals(names, ["model.json", "seed_accuracy.json", "weights.bin", "weights.json"]);
  }),
);

Deno.test(
  "the weights keep full precision if half precision would change an answer",
  withoutLeaks(async () => {
    // The classifier answers 1 for every image, because the bias of class 1 is slightly higher than
    // the bias of class 0. Half precision cannot represent this difference.
    const run = await savedRun({ seed: 3 }, [1, 1 + 2 ** -13]);
    const folder = `${await Deno.makeTempDir()}/classifier`;
    const { precision, scores } = await publishClassifier(
      ...[[run], data, { folder, command: "again" }] as const,
    );
    assertEquals(precision, "float32");
    assertEquals(await sizes(folder), await sizes(run.folder));
    const { hash, model } = await loadClassifier(folder);
    assertEquals(hash.length, 64);
    const ones = data.test.labels.filter((label) => label === 1).length;
    assertEquals(scores.test.wrong, 60 - ones);
    model.dispose();
  }),
);

Deno.test(
  "a classifier is not published if its run has no scores",
  withoutLeaks(async () => {
    const run = await savedRun({ seed: 3 });
    await Deno.remove(`${run.folder}/accuracy.json`);
    await assertRejects(
      () => publishClassifier([run], data, { folder: `${run.folder}/published`, command: "" }),
      RunError,
      `Publishing run 'run': wanted ${run.folder}/accuracy.json, found none.`,
    );
  }),
);

Deno.test("unfinished runs, and runs that differ in more than their seeds, are not published", async () => {
  await useNative();
  const [one, other] = [
    await finishedRun({ seed: 1 }),
    await finishedRun({ seed: 2, dropout: 0.5 }),
  ];
  const folder = `${await Deno.makeTempDir()}/classifier`;
  await assertRejects(
    () => publishClassifier([one, other], data, { folder, command: "" }),
    RunError,
    "wanted runs that differ only in their seeds",
  );
  const unfinished = await newRun({ seed: 3 });
  await assertRejects(
    () => publishClassifier([one, unfinished], data, { folder, command: "" }),
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

/**
 * Creates a run and finishes it without training. The classifier keeps its initial weights. If
 * `biases` are given, then they replace the biases of the last layer, and the other weights of that
 * layer become zero.
 */
async function savedRun(
  changes: Partial<TrainClassifierOptions>,
  biases?: readonly number[],
): Promise<ClassifierRun> {
  const engine = await native();
  const run = await newRun(changes);
  const trainee = createClassifier(run.options, data.train.images);
  try {
    const { model } = trainee;
    if (biases) {
      const last = model.layers.findLast(({ weights }) => weights.length > 0)!;
      const [kernel] = last.getWeights();
      tf.tidy(() =>
        last.setWeights([
          tf.zerosLike(kernel),
          tf.tensor1d(Array.from({ length: 10 }, (_, i) => biases[i] ?? 0)),
        ])
      );
    }
    await saveModel(model, `${run.folder}/models/classifier`);
    const { validation } = holdBack(data.train, 20);
    const { scores } = await calibrateAndJudge(model, {
      ...{ validation, test: data.test },
    });
    await Deno.writeTextFile(
      `${run.folder}/accuracy.json`,
      JSON.stringify(scores),
    );
  } finally {
    disposeClassifier(trainee);
  }
  await writeSummary(run.folder, {
    ...{ name: run.name, steps: 5, secondsOfThisSession: 1 },
    ...{ stepsOfThisSession: 5, stepsPerSecond: 5, peakMemoryMB: 100, engine },
  });
  return run;
}

async function native(): Promise<Engine> {
  await useNative();
  return await startEngine({ engine: "native" });
}

async function sizes(folder: string): Promise<number> {
  const place = await Deno.stat(`${folder}/models/classifier`)
    .then(() => `${folder}/models/classifier`, () => folder);
  return (await Deno.stat(`${place}/weights.bin`)).size;
}
