import { assert, assertEquals, assertLess, assertStringIncludes } from "@std/assert";
import sharp from "sharp";
import { drawSheet, readSheet } from "../../lib/display/sheets.ts";
import { digitsFolder } from "../../lib/digits/digit_files.ts";
import {
  readTrainingSheets,
  shownEpochs,
  TRAINING_PICTURE,
} from "../../lib/digits/training_sheets.ts";
import { parseTrainOptions } from "../../lib/training/gan/options.ts";
import { program, runProgram } from "../support/program.ts";

const digits = program("digits");
const size = { height: 28, width: 28 };

Deno.test("the committed picture is under 80 kB, and has a sheet for each epoch", async () => {
  const { seed, epochs, height, width } = await readTrainingSheets();
  const file = await Deno.readFile(`${digitsFolder()}/${TRAINING_PICTURE}`);
  assertLess(file.length, 80_000);
  const picture = await sharp(file).metadata();
  assertEquals([picture.width, picture.height], [width, epochs.length * height]);
  assertEquals([seed, epochs[0], epochs.at(-1)], [1, 0, 30]);
});

Deno.test("a run shows some of its epochs, and always the first and the last", () => {
  assertEquals(shownEpochs(30), [0, 1, 2, 4, 8, 12, 20, 30]);
  assertEquals(shownEpochs(40), [0, 1, 2, 4, 8, 12, 20, 30, 40]);
  assertEquals(shownEpochs(3), [0, 1, 2, 3]);
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
