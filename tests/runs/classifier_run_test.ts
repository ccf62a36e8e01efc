import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import sharp from "sharp";
import { holdBack } from "../../lib/dataset/split.ts";
import { renderChart } from "../../lib/display/charts.ts";
import { classifierChart } from "../../lib/display/classifier_chart.ts";
import { type Engine, startEngine } from "../../lib/engine/backend.ts";
import { judgeAnswers } from "../../lib/evaluation/classifier/judge_answers.ts";
import { applyModel } from "../../lib/models/classify.ts";
import { loadModel } from "../../lib/models/save_model.ts";
import {
  type ClassifierRun,
  type ClassifierRunReport,
  trainClassifierRun,
} from "../../lib/runs/classifier_run.ts";
import { readScores } from "../../lib/runs/classifier_scores.ts";
import { LossTable } from "../../lib/runs/loss_table.ts";
import { createRun, reopenRun, RunError } from "../../lib/runs/run_folder.ts";
import {
  parseClassifierOptions,
  type TrainClassifierOptions,
} from "../../lib/training/classifier/options.ts";
import { useNative } from "../support/engine.ts";
import { assertSameRun, listFiles } from "../support/run_folders.ts";
import { toyClassifierOptions, toyDigits } from "../support/toy_digits.ts";

const data = { train: toyDigits(100), test: toyDigits(60, 2) };

Deno.test("a finished run's folder is complete, and every picture opens", async () => {
  const { run, reports } = await finishedRun({ epochs: 2 });
  const files = await listFiles(run.folder);
  for (
    const name of [
      "checkpoint.safetensors",
      "config.json",
      "confusion.png",
      "engine.json",
      "errors.png",
      "losses.csv",
      "misread.png",
      "models/classifier/model.json",
      "models/classifier/weights.bin",
      "accuracy.json",
      "summary.json",
    ]
  ) {
    assert(files.includes(name), name);
  }
  assert(!files.some((name) => name.endsWith(".tmp")));
  for (const name of ["confusion", "errors", "misread"]) {
    const { width } = await sharp(`${run.folder}/${name}.png`).metadata();
    assert(width > 400, name);
  }
  // The 80 training images make five steps per epoch.
  assertEquals(reports.at(0), { kind: "start", step: 0, steps: 10, epochs: 2 });
  const epochs = reports.filter(({ kind }) => kind === "epoch");
  assertEquals(epochs.length, 2);
});

Deno.test("the chart of errors has curves for training and validation", async () => {
  const { run } = await finishedRun({ epochs: 1 });
  const measures = [
    "loss",
    "error",
    "validationLoss",
    "validationError",
  ] as const;
  const table = await LossTable.open(`${run.folder}/losses.csv`, measures, 5);
  const validation = table.read("epoch").map(({ step, validationError }) => ({
    ...{ step, error: validationError },
  }));
  assertEquals([validation.length, validation[0].step], [1, 5]);
  const chart = classifierChart(table.read("steps"), validation, {
    title: "Errors of classifier run",
    subtitle:
      "training: means of 100 steps, with dropout and augmentation; validation: after each epoch",
  });
  assertEquals(
    await Deno.readFile(`${run.folder}/errors.png`),
    new Uint8Array(await renderChart(chart)),
  );
  const scores = await Deno.readTextFile(`${run.folder}/accuracy.json`);
  assert(scores.endsWith("}\n"));
});

Deno.test("a run without pictures has a model and scores, and a run that stops at once has no chart", async () => {
  const run = await newRun({});
  const options = { engine: await native(), pictures: false };
  await Array.fromAsync(trainClassifierRun(run, data, options));
  const files = await listFiles(run.folder);
  assertEquals(files.filter((name) => name.endsWith("png")), []);
  assert(files.includes("accuracy.json"));
  const stopped = await newRun({});
  await Array.fromAsync(train(stopped, AbortSignal.abort()));
  const left = await listFiles(stopped.folder);
  assert(left.includes("checkpoint.safetensors"));
  assertEquals(left.filter((name) => name.endsWith("png")), []);
});

Deno.test("a run that stops before its first row of steps has a chart of validation errors", async () => {
  const run = await newRun({ epochs: 2 });
  const controller = new AbortController();
  for await (const report of train(run, controller.signal)) {
    if (report.kind === "step" && report.step === 5) controller.abort();
  }
  const files = await listFiles(run.folder);
  assertEquals(files.filter((name) => name.endsWith("png")), ["errors.png"]);
});

Deno.test("broken scores are reported with a remedy", async () => {
  const folder = await Deno.makeTempDir();
  assertEquals(await readScores(folder), undefined);
  await Deno.writeTextFile(`${folder}/accuracy.json`, "{");
  const { message } = await assertRejects(() => readScores(folder), RunError);
  assertStringIncludes(message, `${folder}/accuracy.json`);
  assertStringIncludes(message, "Remove it and summary.json");
});

Deno.test("validation images are held out, and measured after each epoch with the current model", async () => {
  const { run, reports } = await finishedRun({ epochs: 2 });
  const { validation } = holdBack(data.train, 20);
  const model = await loadModel(`${run.folder}/models/classifier`);
  const logits = await applyModel(model, validation.images);
  const { scores } = judgeAnswers(logits, validation.labels, 1);
  const last = reports.findLast(({ kind }) => kind === "epoch");
  assert(last?.kind === "epoch");
  assertEquals(last.mean.validationError, scores.error);
  assertEquals(
    last.mean.validationLoss,
    scores.uncalibrated.negativeLogLikelihood,
  );
  const rows = (await Deno.readTextFile(`${run.folder}/losses.csv`)).trim()
    .split("\n");
  assertEquals(
    rows[0],
    "scope,step,epoch,loss,error,validation_loss,validation_error",
  );
  assertEquals(
    rows.at(-1)!.split(",").slice(-2),
    [last.mean.validationLoss, last.mean.validationError].map((value) => value.toFixed(6)),
  );
  model.dispose();
});

Deno.test("scores are those of the saved model, with the temperature fitted to the validation images", async () => {
  const { run } = await finishedRun({ epochs: 3 });
  const scores = await readScores(run.folder);
  const model = await loadModel(`${run.folder}/models/classifier`);
  const logits = await applyModel(model, data.test.images);
  const judged = judgeAnswers(logits, data.test.labels, scores!.temperature);
  assertEquals(scores!.test, judged.scores);
  const { uncalibrated, calibrated } = scores!.validation;
  assert(
    calibrated.negativeLogLikelihood <= uncalibrated.negativeLogLikelihood,
  );
  model.dispose();
});

Deno.test("a run that was stopped or killed resumes to the same end, bit for bit", async () => {
  const options = { epochs: 3, checkpointEvery: 4, dropout: 0.3 };
  const { run: whole } = await finishedRun(options);
  for (const stopAt of [1, 5, 11]) {
    const run = await newRun(options);
    const controller = new AbortController();
    const reports: ClassifierRunReport[] = [];
    for await (const report of train(run, controller.signal)) {
      reports.push(report);
      if (report.kind === "step" && report.step === stopAt) controller.abort();
    }
    assertEquals(reports.at(-1), { kind: "stopped", step: stopAt, steps: 15 });
    await Array.fromAsync(train(run));
    await assertSameRun(run, whole, `stopped at ${stopAt}`);
  }
  for (const dieAt of [3, 9]) {
    const run = await newRun(options);
    // A killed process takes no later steps and writes no final checkpoint.
    for await (const report of train(run)) {
      if (report.kind === "step" && report.step === dieAt) break;
    }
    await Array.fromAsync(train(run));
    await assertSameRun(run, whole, `died at ${dieAt}`);
  }
});

Deno.test("a GAN's run cannot be resumed as a classifier's", async () => {
  const root = await Deno.makeTempDir();
  await createRun(root, "gan", { latentSize: 100 });
  await assertRejects(
    () => reopenRun(root, "gan", {}, parseClassifierOptions),
    Error,
    "latentSize",
  );
});

Deno.test("a run leaves no tensor behind except the one of TensorBoard's writer", async () => {
  await useNative();
  const before = tf.memory().numTensors;
  await finishedRun({});
  assertEquals(tf.memory().numTensors, before + 1);
});

Deno.test("resuming a run on a different engine is refused", async () => {
  const { run } = await finishedRun({});
  const cpu = await startEngine({ engine: "cpu" });
  await assertRejects(
    () => Array.fromAsync(trainClassifierRun(run, data, { engine: cpu })),
    RunError,
    "it was trained on the engine 'native', and this is 'cpu'",
  );
  await useNative();
});

async function native(): Promise<Engine> {
  await useNative();
  return await startEngine({ engine: "native" });
}

async function* train(
  run: ClassifierRun,
  signal?: AbortSignal,
): AsyncGenerator<ClassifierRunReport> {
  yield* trainClassifierRun(run, data, { engine: await native(), signal });
}

async function newRun(
  changes: Partial<TrainClassifierOptions>,
): Promise<ClassifierRun> {
  return await createRun(
    await Deno.makeTempDir(),
    "run",
    toyClassifierOptions(changes),
  );
}

async function finishedRun(
  changes: Partial<TrainClassifierOptions>,
): Promise<{ run: ClassifierRun; reports: ClassifierRunReport[] }> {
  const run = await newRun(changes);
  return { run, reports: await Array.fromAsync(train(run)) };
}
