import {
  assert,
  assertEquals,
  assertGreaterOrEqual,
  assertLess,
  assertStringIncludes,
} from "@std/assert";
import sharp from "sharp";
import { z } from "zod";
import { drawSheet, readSheet } from "../../lib/display/sheets.ts";
import { digitsFolder } from "../../lib/digits/digit_files.ts";
import {
  readTrainingSheets,
  shownEpochs,
  TRAINING_PICTURE,
} from "../../lib/digits/training_sheets.ts";
import { committedFolder } from "../../lib/models/weights.ts";
import { parseTrainOptions } from "../../lib/training/gan/options.ts";
import { stepsPerEpoch, totalEpochs } from "../../lib/training/run_length.ts";
import { program, runProgram } from "../support/program.ts";

const digits = program("digits");
const size = { height: 28, width: 28 };

/** The number of MNIST's training images. */
const trainingImages = { count: 60_000 };

/** The options that determine how long a run is and from which latents it draws its sheets. */
const runSchema = z.object({
  seed: z.int(),
  steps: z.int(),
  epochs: z.int(),
  batchSize: z.int(),
});

Deno.test("the committed picture is under 120 kB, and has a sheet for each epoch", async () => {
  const { epochs, height, width } = await readTrainingSheets();
  const file = await Deno.readFile(`${digitsFolder()}/${TRAINING_PICTURE}`);
  assertLess(file.length, 120_000);
  const picture = await sharp(file).metadata();
  assertEquals([picture.width, picture.height], [width, epochs.length * height]);
});

Deno.test("the committed picture shows the run of the committed generator", async () => {
  const card = await Deno.readTextFile(`${committedFolder("generator")}/weights.json`);
  const { config } = z.object({ config: runSchema }).parse(JSON.parse(card));
  const last = totalEpochs(config, stepsPerEpoch(trainingImages, config));
  const { seed, epochs } = await readTrainingSheets();
  assertEquals({ seed, epochs }, { seed: config.seed, epochs: shownEpochs(last) });
});

Deno.test("a run shows some of its epochs, and always the first and the last", () => {
  assertEquals(shownEpochs(30), [0, 1, 2, 4, 8, 12, 20, 30]);
  assertEquals(shownEpochs(40), [0, 1, 2, 4, 8, 12, 20, 30, 40]);
  assertEquals(shownEpochs(3), [0, 1, 2, 3]);
});

Deno.test("a long run shows its second half too", () => {
  for (const last of [60, 100, 152, 200]) {
    const later = shownEpochs(last).filter((epoch) => epoch >= last / 2);
    assertGreaterOrEqual(later.length, 2, `${later} of ${last}`);
  }
});

Deno.test("the command draws the sheets of a run in the order of its epochs", async () => {
  const [run, to] = [await Deno.makeTempDir(), await Deno.makeTempDir()];
  await Deno.writeTextFile(`${run}/config.json`, JSON.stringify(parseTrainOptions({ seed: 5 })));
  const sheets = `${run}/samples/average`;
  await Deno.mkdir(sheets, { recursive: true });
  const shades = [10, 90, 170, 250];
  for (const [epoch, shade] of shades.entries()) {
    await Deno.writeFile(`${sheets}/step-0000${epoch * 469 + 1000}.png`, await plainSheet(shade));
  }
  const { code, stderr } = await runProgram(digits, ["training", run, "--to", to]);
  assertEquals(code, 0, stderr);
  const card = await readTrainingSheets(to);
  assertEquals(card, { seed: 5, epochs: [0, 1, 2, 3], width: 224, height: 168 });
  const file = await Deno.readFile(`${to}/${TRAINING_PICTURE}`);
  const images = await readSheet(file, { count: 4 * 48, ...size }, { scale: 1, gap: 0 });
  const drawn = shades.map((_, epoch) => images.pixels[(epoch * 48 + 20) * 28 * 28 + 400]);
  drawn.forEach((shade, epoch) => assert(Math.abs(shade - shades[epoch]) < 4, `${drawn}`));
});

Deno.test("a folder without sheets is refused", async () => {
  const run = await Deno.makeTempDir();
  await Deno.writeTextFile(`${run}/config.json`, JSON.stringify(parseTrainOptions({})));
  const { code, stderr } = await runProgram(digits, ["training", run]);
  assertEquals(code, 1);
  assertStringIncludes(stderr, "wanted pictures in");
});

function plainSheet(shade: number): Promise<Uint8Array> {
  const pixels = new Uint8Array(64 * 28 * 28).fill(shade);
  return drawSheet({ pixels, count: 64, ...size, range: "0..255" });
}
