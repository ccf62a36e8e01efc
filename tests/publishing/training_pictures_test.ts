/**
 * Tests the pictures of a made-up training run. The sheets of images in this run are plain grey,
 * except for the last sheet, which shows digits from the committed generator.
 */
import { assertEquals, assertRejects } from "@std/assert";
import sharp from "sharp";
import { drawSheet, readSheet } from "../../lib/display/sheets.ts";
import { answersOf } from "../../lib/evaluation/classifier/calibration.ts";
import type { ByteImages } from "../../lib/images.ts";
import { loadClassifier } from "../../lib/models/classifier_weights.ts";
import { classify } from "../../lib/models/classify.ts";
import { committedFolder } from "../../lib/models/weights.ts";
import { publishTraining } from "../../lib/publishing/publish_training.ts";
import {
  frameEpochs,
  sampleSheet,
  writeTrainingPictures,
} from "../../lib/publishing/training_pictures.ts";
import { createRun, type Run, RunError } from "../../lib/runs/run_folder.ts";
import { writeSummary } from "../../lib/runs/summary.ts";
import { startEngine } from "../../lib/engine/backend.ts";
import { useNative, withoutLeaks } from "../support/engine.ts";
import { toyOptions } from "../support/toy.ts";

const committedSheet = `${committedFolder("generator")}/sheet.png`;

/** The shades of the grey sheets. The pictures can show these shades exactly. */
const shades = [51, 102];

Deno.test(
  "the animation follows the images by digit, and says the epoch of each frame",
  withoutLeaks(async () => {
    const { folder } = await drawn();
    const { pages, delay } = await sharp(`${folder}/training.webp`).metadata();
    assertEquals([pages, delay], [3, [250, 250, 3000]]);
    const frames = await Promise.all(
      [0, 1, 2].map((page) => decode(`${folder}/training.webp`, page)),
    );
    const images = frames.map((frame) => imagesOf(frame, 10));
    for (const [epoch, shade] of shades.entries()) {
      assertEquals(images[epoch].pixels.every((pixel) => pixel === shade), true);
    }
    assertEquals(await readDigits(images[2]), inColumns(images[2].count));
    const titles = frames.map(({ pixels, width }) => pixels.subarray(0, 24 * width).toBase64());
    assertEquals(new Set(titles).size, 3);
  }),
);

Deno.test(
  "the strip shows one image of each digit at epochs 0, 1 and the last one",
  withoutLeaks(async () => {
    const { folder } = await drawn();
    const strip = imagesOf(await decode(`${folder}/training-strip.png`), 10);
    assertEquals(strip.count, 30);
    const row = strip.pixels.length / 3;
    for (const [i, shade] of shades.entries()) {
      const pixels = strip.pixels.subarray(i * row, (i + 1) * row);
      assertEquals(pixels.every((pixel) => pixel === shade), true);
    }
    const lastRow = { ...strip, pixels: strip.pixels.subarray(2 * row), count: 10 };
    assertEquals(await readDigits(lastRow), inColumns(10));
  }),
);

Deno.test("the animation has at most 31 frames, with the first epochs and the last one", () => {
  assertEquals(frameEpochs(2), [0, 1, 2]);
  assertEquals(frameEpochs(30), Array.from({ length: 31 }, (_, epoch) => epoch));
  for (const last of [31, 40, 152]) {
    const epochs = frameEpochs(last);
    assertEquals([epochs.length, new Set(epochs).size], [31, 31]);
    assertEquals(epochs.slice(0, 11), [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    assertEquals(epochs, epochs.toSorted((a, b) => a - b));
    assertEquals(epochs.at(-1), last);
  }
});

Deno.test(
  "the losses are those of the run, and the animation fits into a page",
  withoutLeaks(async () => {
    const { folder, run } = await drawn();
    const read = (path: string) => Deno.readTextFile(path);
    assertEquals(
      await read(`${folder}/training-losses.csv`),
      await read(`${run.folder}/losses.csv`),
    );
    const committed = await Deno.stat(`${committedFolder("generator")}/training.webp`);
    assertEquals(committed.size < 300_000, true, `${committed.size} bytes`);
  }),
);

Deno.test(
  "only the run that published the weights, and finished, can add pictures to them",
  withoutLeaks(async () => {
    const folder = await Deno.makeTempDir();
    await Deno.copyFile(committedSheet, `${folder}/sheet.png`);
    const unfinished = await makeRun(await Deno.readFile(committedSheet));
    await assertRejects(() => publishTraining(unfinished, folder), RunError, "no summary.json");
    const other = await makeRun(await grey(0));
    await finish(other);
    await assertRejects(() => publishTraining(other, folder), RunError, "shows other digits");
    assertEquals([...Deno.readDirSync(folder)].length, 1);
    await finish(unfinished);
    await publishTraining(unfinished, folder);
    assertEquals([...Deno.readDirSync(folder)].length, 4);
  }),
);

Deno.test("a run without sheets of an averaged generator has no pictures", async () => {
  const run = await createRun(await Deno.makeTempDir(), "run", toyOptions());
  await assertRejects(
    async () => await writeTrainingPictures(run, await Deno.makeTempDir()),
    RunError,
    "wanted its sheets",
  );
});

async function drawn(): Promise<{ readonly folder: string; readonly run: Run }> {
  await useNative();
  const run = await makeRun(await Deno.readFile(committedSheet));
  const folder = await Deno.makeTempDir();
  await writeTrainingPictures(run, folder);
  return { folder, run };
}

async function makeRun(lastSheet: Uint8Array): Promise<Run> {
  const run = await createRun(await Deno.makeTempDir(), "run", toyOptions());
  const sheets = `${run.folder}/samples/average`;
  await Deno.mkdir(sheets, { recursive: true });
  const files = [...await Promise.all(shades.map(grey)), lastSheet];
  for (const [i, file] of files.entries()) await Deno.writeFile(`${sheets}/step-${i}.png`, file);
  await Deno.writeTextFile(`${run.folder}/losses.csv`, "scope,step,epoch\nsteps,1,1\n");
  return run;
}

async function finish({ name, folder }: Run): Promise<void> {
  await writeSummary(folder, {
    ...{ name, steps: 4, secondsOfThisSession: 1, stepsOfThisSession: 4, stepsPerSecond: 4 },
    ...{ peakMemoryMB: 100, engine: await startEngine({ engine: "native" }) },
  });
}

function grey(shade: number): Promise<Uint8Array> {
  const { count, height, width } = sampleSheet;
  const pixels = new Uint8Array(count * height * width).fill(shade);
  return drawSheet({ ...sampleSheet, pixels, range: "0..255" });
}

interface Picture {
  readonly pixels: Uint8Array;
  readonly width: number;
  readonly height: number;
}

async function decode(path: string, page = 0): Promise<Picture> {
  const { data, info } = await sharp(path, { page }).greyscale().raw()
    .toBuffer({ resolveWithObject: true });
  return { pixels: data, width: info.width, height: info.height };
}

/**
 * Cuts the images out of a picture. They are in its lower right corner, at three times their
 * original size.
 */
function imagesOf({ pixels, width, height }: Picture, columns: number): ByteImages {
  const side = 3 * 28 + 6;
  const rows = Math.floor(height / side);
  const [left, top] = [width - columns * side, height - rows * side];
  const cut = Array.from(
    { length: rows * columns },
    (_, i) =>
      Array.from({ length: 784 }, (_, p) => {
        const x = left + (i % columns) * side + 3 * (p % 28) + 1;
        const y = top + Math.floor(i / columns) * side + 3 * Math.floor(p / 28) + 1;
        return pixels[y * width + x];
      }),
  );
  return {
    ...{ pixels: Uint8Array.from(cut.flat()), count: rows * columns },
    ...{ height: 28, width: 28, range: "0..255" },
  };
}

async function readDigits(images: ByteImages): Promise<number[]> {
  const classifier = await loadClassifier();
  const answers = answersOf(await classify(classifier, images)).map(({ answer }) => answer);
  classifier.model.dispose();
  return answers;
}

function inColumns(count: number): number[] {
  return Array.from({ length: count }, (_, i) => i % 10);
}

Deno.test("a sheet gives back the images that were drawn on it", async () => {
  const png = await Deno.readFile(committedSheet);
  const images = await readSheet(png, sampleSheet);
  assertEquals(new Uint8Array(await drawSheet(images)), png);
  await assertRejects(
    () => readSheet(png, { ...sampleSheet, count: 9 }),
    RangeError,
    "found 466x466",
  );
});
