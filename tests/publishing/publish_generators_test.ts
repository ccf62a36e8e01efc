import { assert, assertEquals, assertRejects } from "@std/assert";
import { drawSheet } from "../../lib/display/sheets.ts";
import { type Engine, startEngine } from "../../lib/engine/backend.ts";
import { keepEvaluation } from "../../lib/evaluation/judge/evaluations_file.ts";
import type { ByteImages } from "../../lib/images.ts";
import { buildGenerator } from "../../lib/models/generator.ts";
import { loadModel, saveModel } from "../../lib/models/save_model.ts";
import { loadWeights } from "../../lib/models/weights.ts";
import { deriveSeed } from "../../lib/random.ts";
import { SCORES_VERSION } from "../../lib/evaluation/judge/evaluate_options.ts";
import { publishGenerators } from "../../lib/publishing/publish_generators.ts";
import { createRun, type Run, RunError } from "../../lib/runs/run_folder.ts";
import { gatherScores } from "../../lib/publishing/seed_scores.ts";
import { writeSummary } from "../../lib/runs/summary.ts";
import { sampleImages } from "../../lib/models/sample_images.ts";
import type { TrainOptions } from "../../lib/training/gan/options.ts";
import { useNative, withoutLeaks } from "../support/engine.ts";
import { listFiles } from "../support/run_folders.ts";
import { toyOptions } from "../support/toy.ts";

Deno.test(
  "the first run's average is published in half precision, with sheet, card and all scores",
  withoutLeaks(async () => {
    const runs = [
      await finishedRun({ seed: 2 }),
      await finishedRun({ seed: 1 }),
    ];
    const folder = `${await Deno.makeTempDir()}/generator`;
    const published = await publishGenerators(runs, folder, "the command");
    assertEquals(await listFiles(folder), [
      "model.json",
      "seed_scores.json",
      "sheet.png",
      "training-losses.csv",
      "training-strip.png",
      "training.webp",
      "weights.bin",
      "weights.json",
    ]);
    const { model, card } = await loadWeights(folder);
    const { sha256: _, ...said } = card;
    assertEquals(said, {
      command: "the command",
      seed: 2,
      config: { ...runs[0].options },
      engine: { ...await native() },
      precision: "float16",
    });
    const sheet = await sheetOf(`${runs[0].folder}/models/average`, 2);
    assertEquals(published, {
      precision: "float16",
      largestDifference: largestDifference(await sheetOf(folder, 2), sheet),
    });
    const scores = await Deno.readTextFile(`${folder}/seed_scores.json`);
    assertEquals(JSON.parse(scores), await gatherScores(runs));
    const drawn = await drawSheet(await sheetOf(folder, 2));
    const png = await Deno.readFile(`${folder}/sheet.png`);
    assertEquals(png, new Uint8Array(drawn));
    const [whole, half] = await Promise.all(
      [`${runs[0].folder}/models/average`, folder].map(sizeOfWeights),
    );
    assertEquals(half, whole / 2);
    for (const text of [scores, await read(folder, "weights.json")]) {
      assert(text.endsWith("}\n"));
    }
    model.dispose();
  }),
);

Deno.test(
  "the weights keep full precision if half precision would change the images visibly",
  withoutLeaks(async () => {
    // Large weights cancel each other out, and half precision loses their difference.
    const run = await finishedRun({ seed: 2 }, 3000);
    const folder = `${await Deno.makeTempDir()}/generator`;
    const published = await publishGenerators([run], folder, "");
    assertEquals(published.precision, "float32");
    assert(published.largestDifference > 1);
    assertEquals((await loadCard(folder)).precision, "float32");
    const [wanted, found] = [
      await sheetOf(`${run.folder}/models/average`, 2),
      await sheetOf(folder, 2),
    ];
    assertEquals(found, wanted);
  }),
);

Deno.test("unfinished runs, and runs without an average, are not published", async () => {
  const folder = `${await Deno.makeTempDir()}/generator`;
  const finished = await finishedRun({ seed: 1 });
  const unfinished = await newRun({ seed: 2 });
  await assertRejects(
    () => publishGenerators([finished, unfinished], folder, ""),
    RunError,
    "wanted a finished run, found no summary.json. Resume it first.",
  );
  const plain = await finishedRun({ seed: 1, averageDecay: 0 });
  await assertRejects(
    () => publishGenerators([plain], folder, ""),
    RunError,
    "wanted an averaged generator",
  );
  assert(!(await Deno.stat(folder).then(() => true, () => false)));
});

async function native(): Promise<Engine> {
  await useNative();
  return await startEngine({ engine: "native" });
}

async function newRun(changes: Partial<TrainOptions>): Promise<Run> {
  const options = toyOptions({
    ...{ generatorLayers: [5], latentSize: 4, ...changes },
  });
  return await createRun(await Deno.makeTempDir(), "run", options);
}

/**
 * Creates a run with an evaluation and an averaged generator, whose output weights are multiplied
 * by `scale`.
 */
async function finishedRun(
  changes: Partial<TrainOptions>,
  scale = 1,
): Promise<Run> {
  const engine = await native();
  const run = await newRun(changes);
  const { seed, latentSize } = run.options;
  const generator = buildGenerator({
    ...{ latentSize, hidden: [5], activation: "relu", imageSize: 784 },
    batchNormMomentum: .8,
  }, seed);
  const output = generator.getLayer("pixels");
  const [kernel, bias] = output.getWeights();
  const scaled = kernel.mul(scale);
  output.setWeights([scaled, bias]);
  scaled.dispose();
  await saveModel(generator, `${run.folder}/models/average`);
  generator.dispose();
  await addTraining(run);
  await writeSummary(run.folder, {
    ...{ name: run.name, steps: 4, secondsOfThisSession: 1 },
    ...{ stepsOfThisSession: 4, stepsPerSecond: 4, peakMemoryMB: 100, engine },
  });
  await keepEvaluation(run.folder, {
    target: run.name,
    subject: { path: "models/average", hash: run.name },
    scoring: SCORES_VERSION,
    against: "MNIST's test images",
    images: [10, 10],
    extractor: { name: "digit", hash: "ab", dimension: 2 },
    seed: 1,
    scores: [{ name: "FID", value: seed }],
    remarks: [],
  });
  return run;
}

/** Gives a run the sheet of its generator and a table of losses. */
async function addTraining({ folder, options }: Run): Promise<void> {
  const sheets = `${folder}/samples/average`;
  await Deno.mkdir(sheets, { recursive: true });
  const images = await sheetOf(`${folder}/models/average`, options.seed);
  await Deno.writeFile(`${sheets}/step-00000000.png`, await drawSheet(images));
  await Deno.writeTextFile(`${folder}/losses.csv`, "scope,step,epoch\n");
}

/** Returns the 64 images on a model's sheet. */
async function sheetOf(folder: string, seed: number): Promise<ByteImages> {
  const model = await loadModel(folder);
  try {
    const count = 64;
    return await sampleImages(model, {
      ...{ count, seed: deriveSeed(seed, "samples") },
    });
  } finally {
    model.dispose();
  }
}

function largestDifference(one: ByteImages, other: ByteImages): number {
  return Math.max(
    ...one.pixels.map((byte, i) => Math.abs(byte - other.pixels[i])),
  );
}

async function sizeOfWeights(folder: string): Promise<number> {
  return (await Deno.stat(`${folder}/weights.bin`)).size;
}

async function loadCard(folder: string) {
  const { model, card } = await loadWeights(folder);
  model.dispose();
  return card;
}

async function read(folder: string, name: string): Promise<string> {
  return await Deno.readTextFile(`${folder}/${name}`);
}
