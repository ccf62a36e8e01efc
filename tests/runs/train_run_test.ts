import { assert, assertEquals, assertRejects } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import sharp from "sharp";
import { type Engine, startEngine } from "../../lib/engine/backend.ts";
import { renderChart } from "../../lib/display/charts.ts";
import { lossChart } from "../../lib/display/loss_chart.ts";
import { loadModel } from "../../lib/models/save_model.ts";
import { LossTable } from "../../lib/runs/loss_table.ts";
import { createRun, type Run, RunError } from "../../lib/runs/run_folder.ts";
import { checkpointPath, type GanRunReport, trainRun } from "../../lib/runs/train_run.ts";
import { stepMeasures } from "../../lib/training/gan/gan_step.ts";
import { labelPolicies, restingLosses } from "../../lib/training/gan/labels.ts";
import type { TrainOptions } from "../../lib/training/gan/options.ts";
import { decodeSafetensors } from "../../lib/models/safetensors.ts";
import { useNative } from "../support/engine.ts";
import { assertSameRun, listFiles } from "../support/run_folders.ts";
import { ringOfGaussians, toyOptions } from "../support/toy.ts";

const images = ringOfGaussians(50);

Deno.test("a finished run's folder is complete, and every picture opens", async () => {
  const { run, reports } = await finishedRun({ epochs: 2 });
  const files = await listFiles(run.folder);
  for (const kind of ["generator", "average"]) {
    for (const step of ["00000000", "00000004", "00000008"]) {
      assert(files.includes(`samples/${kind}/step-${step}.png`));
    }
  }
  const models = ["average", "discriminator", "generator"].flatMap((name) => [
    `models/${name}/model.json`,
    `models/${name}/weights.bin`,
  ]);
  const single = [
    "checkpoint.safetensors",
    "config.json",
    "engine.json",
    "losses.csv",
    "losses.png",
  ];
  for (const name of [...single, "samples.webp", "summary.json", ...models]) {
    assert(files.includes(name), name);
  }
  assert(
    files.some((name) => name.startsWith("tensorboard/events.out.tfevents.")),
  );
  assert(!files.some((name) => name.endsWith(".tmp")));

  const sheet = await sharp(`${run.folder}/samples/average/step-00000008.png`)
    .metadata();
  assertEquals([sheet.width, sheet.height], [
    8 * (2 * 2 + 2) + 2,
    8 * (1 * 2 + 2) + 2,
  ]);
  assertEquals((await sharp(`${run.folder}/samples.webp`).metadata()).pages, 3);
  assert((await sharp(`${run.folder}/losses.png`).metadata()).width > 1000);

  assertEquals(reports.at(0)?.kind, "start");
  assertEquals(reports.filter(({ kind }) => kind === "step").length, 8);
  assertEquals(reports.filter(({ kind }) => kind === "epoch").length, 2);
  const summary = JSON.parse(
    await Deno.readTextFile(`${run.folder}/summary.json`),
  );
  assertEquals([summary.steps, summary.engine.name], [8, "native"]);
  assert(summary.stepsPerSecond > 0 && summary.peakMemoryMB > 50);
});

Deno.test("without pictures and TensorBoard a run has the same numbers, and none of their files", async () => {
  const { run: whole } = await finishedRun({ epochs: 1 });
  await useNative();
  const root = await Deno.makeTempDir();
  const run = await createRun(root, "bare", toyOptions({ epochs: 1 }));
  const engine = await startEngine({ engine: "native" });
  const options = { engine, pictures: false, tensorboard: false };
  await Array.fromAsync(trainRun(run, images, options));
  const files = await listFiles(run.folder);
  assertEquals(files.filter((name) => /png|webp|tensorboard/.test(name)), []);
  for (const name of ["losses.csv", "models/average/weights.bin"]) {
    assertEquals(
      await Deno.readFile(`${run.folder}/${name}`),
      await Deno.readFile(`${whole.folder}/${name}`),
      name,
    );
  }
});

Deno.test("the chart of losses names the networks and the losses at which they settle", async () => {
  const { run } = await finishedRun({ steps: 2, labels: "none" });
  const table = await LossTable.open(
    `${run.folder}/losses.csv`,
    stepMeasures,
    2,
  );
  const chart = lossChart(table.read("steps"), {
    title: "Losses of run run",
    subtitle:
      "means of 100 steps; dashed: where they settle once real and generated images look alike (labels: none)",
    guides: restingLosses(labelPolicies.none),
  });
  assertEquals(
    await Deno.readFile(`${run.folder}/losses.png`),
    new Uint8Array(await renderChart(chart)),
  );
});

Deno.test("without pictures a run has its models and losses, and a stopped run its checkpoint", async () => {
  const run = await newRun({ steps: 2 });
  const options = { engine: await native(), pictures: false };
  await Array.fromAsync(trainRun(run, images, options));
  const files = await listFiles(run.folder);
  assertEquals(files.filter((name) => /png$|webp$/.test(name)), []);
  assertEquals(files.filter((name) => name.endsWith("model.json")).length, 3);
  assert(files.includes("losses.csv"));
});

Deno.test("a run that stops before the first row of losses has a sheet and no chart", async () => {
  const run = await newRun({ steps: 5 });
  const controller = new AbortController();
  controller.abort();
  const { signal } = controller;
  const options = { engine: await native(), signal };
  await Array.fromAsync(trainRun(run, images, options));
  const files = await listFiles(run.folder);
  assertEquals(files.filter((name) => /png$|webp$/.test(name)), [
    "samples/average/step-00000000.png",
    "samples/generator/step-00000000.png",
  ]);
});

Deno.test("without an average the animation shows the generator", async () => {
  const { run } = await finishedRun({ steps: 1, averageDecay: 0 });
  const files = await listFiles(run.folder);
  assertEquals(
    files.filter((name) => name.startsWith("models/") || /webp$/.test(name)),
    [
      "models/discriminator/model.json",
      "models/discriminator/weights.bin",
      "models/generator/model.json",
      "models/generator/weights.bin",
      "samples.webp",
    ],
  );
});

Deno.test("losses.csv has a row every 100 steps and every epoch, each with the mean of its steps", async () => {
  const { run, reports } = await finishedRun({ steps: 201, batchSize: 50 });
  const [header, ...rows] = (await Deno.readTextFile(`${run.folder}/losses.csv`)).trim()
    .split("\n").map((row) => row.split(","));
  assertEquals(header, [
    ...["scope", "step", "epoch"],
    ...["discriminator_loss", "generator_loss", "real_score", "fake_score"],
  ]);
  assertEquals(
    rows.filter(([scope]) => scope === "steps").map(([, step]) => Number(step)),
    [100, 200, 201],
  );
  assertEquals(rows.filter(([scope]) => scope === "epoch").length, 201);
  const steps = reports.filter((report) => report.kind === "step");
  const mean = steps.slice(100, 200).reduce(
    (sum, { generatorLoss }) => sum + generatorLoss,
    0,
  ) / 100;
  assertEquals(
    rows.find(([scope, step]) => scope === "steps" && step === "200")![4],
    mean.toFixed(6),
  );
});

Deno.test("a run that was stopped and resumed ends with the same weights, table and sheets", async () => {
  const options = { epochs: 3, checkpointEvery: 5 };
  const { run: whole } = await finishedRun(options);
  for (const stopAt of [1, 4, 6, 11]) {
    const run = await newRun(options);
    const controller = new AbortController();
    const reports: GanRunReport[] = [];
    for await (
      const report of trainRun(run, images, {
        engine: await native(),
        signal: controller.signal,
      })
    ) {
      reports.push(report);
      if (report.kind === "step" && report.step === stopAt) {
        controller.abort();
      }
    }
    assertEquals(reports.at(-1), { kind: "stopped", step: stopAt, steps: 12 });
    await Array.fromAsync(trainRun(run, images, { engine: await native() }));
    await assertSameRun(run, whole, `stopped at ${stopAt}`);
  }
});

Deno.test("a killed run resumes from its last checkpoint to the same end", async () => {
  const options = { epochs: 3, checkpointEvery: 5 };
  const { run: whole } = await finishedRun(options);
  for (const dieAt of [3, 5, 9]) {
    const run = await newRun(options);
    // A killed process takes no later steps and writes no final checkpoint.
    for await (
      const report of trainRun(run, images, { engine: await native() })
    ) {
      if (report.kind === "step" && report.step === dieAt) break;
    }
    await Array.fromAsync(trainRun(run, images, { engine: await native() }));
    await assertSameRun(run, whole, `died at ${dieAt}`);
  }
});

Deno.test("resuming a finished run changes nothing", async () => {
  const { run } = await finishedRun({});
  const before = await Deno.readTextFile(`${run.folder}/summary.json`);
  const reports = await Array.fromAsync(
    trainRun(run, images, { engine: await native() }),
  );
  assertEquals(reports.map(({ kind }) => kind), ["start", "end"]);
  assertEquals(await Deno.readTextFile(`${run.folder}/summary.json`), before);
});

Deno.test("resuming a run on a different engine is refused", async () => {
  const { run } = await finishedRun({});
  const cpu = await startEngine({ engine: "cpu" });
  await assertRejects(
    () => Array.fromAsync(trainRun(run, images, { engine: cpu })),
    RunError,
    "it was trained on the engine 'native', and this is 'cpu'",
  );
  await useNative();
});

Deno.test("saved models have newly estimated statistics and the weights of the checkpoint", async () => {
  const { run } = await finishedRun({ sampleStatistics: "estimated" });
  const { tensors } = decodeSafetensors(
    await Deno.readFile(checkpointPath(run)),
    "checkpoint",
  );
  const saved = await loadModel(`${run.folder}/models/average`);
  const moving = saved.getWeights().at(-1)!.dataSync();
  assert(
    moving.some((value, i) =>
      value !== tensors.get("average/batch_norm_2/moving_variance")!.values[i]
    ),
  );
  assertEquals(
    saved.getWeights()[0].dataSync(),
    tensors.get("average/hidden_1/kernel")!.values,
  );
});

Deno.test("a run leaves no tensor behind except the one of TensorBoard's writer, however often it is resumed", async () => {
  await useNative();
  const before = tf.memory().numTensors;
  const { run } = await finishedRun({ epochs: 2 });
  assertEquals(tf.memory().numTensors, before + 1);
  await Deno.remove(`${run.folder}/summary.json`);
  await Array.fromAsync(trainRun(run, images, { engine: await native() }));
  assertEquals(tf.memory().numTensors, before + 1);
});

async function native(): Promise<Engine> {
  await useNative();
  return await startEngine({ engine: "native" });
}

async function newRun(changes: Partial<TrainOptions>): Promise<Run> {
  return await createRun(await Deno.makeTempDir(), "run", toyOptions(changes));
}

async function finishedRun(
  changes: Partial<TrainOptions>,
): Promise<{ run: Run; reports: GanRunReport[] }> {
  const run = await newRun(changes);
  return {
    run,
    reports: await Array.fromAsync(
      trainRun(run, images, { engine: await native() }),
    ),
  };
}
