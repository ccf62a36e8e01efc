import { assert, assertEquals, assertGreaterOrEqual, assertLess } from "@std/assert";
import {
  CHECK_FILE,
  digitsFolder,
  formatIndex,
  INDEX_FILE,
  readDigitIndex,
} from "../../lib/digits/digit_files.ts";
import { type DigitPicture, digitThemes, picturesOf } from "../../lib/digits/digit_index.ts";
import { drawClearly, enlarge } from "../../lib/digits/ink.ts";
import { latentOf } from "../../lib/digits/latents.ts";
import { encodeSheet } from "../../lib/digits/sheet.ts";
import * as tf from "@tensorflow/tfjs";
import { denormalize } from "../../lib/dataset/normalize.ts";
import { startEngine } from "../../lib/engine/backend.ts";
import { answersOf } from "../../lib/evaluation/classifier/calibration.ts";
import { loadClassifier } from "../../lib/models/classifier_weights.ts";
import { classify } from "../../lib/models/classify.ts";
import { committedFolder, loadWeights } from "../../lib/models/weights.ts";
import { needsNightly } from "../support/nightly.ts";
import { program, runProgram } from "../support/program.ts";
import { needsShared, sharedFile } from "../support/shared.ts";
import { requiring } from "../support/skip.ts";

const folder = digitsFolder();
const index = await readDigitIndex();
const digits = [1, 2, 3, 4, 5, 6, 7, 8, 9];

Deno.test("the two sheets together take less than 150 kB, and every digit has enough pictures for nine rows", async () => {
  const files = await Promise.all(
    digitThemes.map((theme) => Deno.stat(`${folder}/${index.sheets[theme]}`)),
  );
  assertLess(files.reduce((sum, { size }) => sum + size, 0), 150_000);
  for (const digit of digits) {
    assertGreaterOrEqual(picturesOf(index, "clear", digit).length, 24);
    assertGreaterOrEqual(picturesOf(index, "raw", digit).length, 9);
  }
  assertEquals(await Deno.readTextFile(`${folder}/${INDEX_FILE}`), formatIndex(index));
});

Deno.test("no latent occurs twice among the clear pictures, and the classifier is confident about each picture", () => {
  const clear = index.pictures.filter(({ kind }) => kind === "clear");
  assertEquals(new Set(clear.map(({ latent }) => latent)).size, clear.length);
  for (const { probability } of clear) assertGreaterOrEqual(probability, index.threshold);
});

Deno.test("at most one in a thousand of 10,000 confidently read digits is read differently by another reader", async () => {
  const check = JSON.parse(await Deno.readTextFile(`${folder}/${CHECK_FILE}`));
  assertEquals(check.shown, 10_000);
  assert(typeof check.byLenet === "number", "LeNet has read them");
  assertGreaterOrEqual(10, check.byAny);
  assertGreaterOrEqual(check.byAny, Math.max(check.bySecond, check.byLenet));
  for (const { variety, varietyOfReal } of check.clear) {
    assertGreaterOrEqual(variety, 0.6 * varietyOfReal);
  }
});

Deno.test("the sheet shows what the committed generator makes from the latents of the index", async () => {
  await startEngine({ engine: "wasm" });
  const { model: generator, card } = await loadWeights(committedFolder("generator"));
  // If the generator changes, make a new sheet with `deno task digits`.
  assertEquals(index.weights.generator, card.sha256["weights.bin"]);
  const images = drawAgain(generator, index.pictures);
  generator.dispose();
  const size = 28 * 28;
  const inks = await Promise.all(index.pictures.map(async ({ kind }, i) => {
    const pixels = images.pixels.subarray(i * size, (i + 1) * size);
    return await (kind === "clear" ? drawClearly : enlarge)(pixels, index.side);
  }));
  for (const theme of digitThemes) {
    const wanted = await Deno.readFile(`${folder}/${index.sheets[theme]}`);
    assertEquals(await encodeSheet(index, inks, theme), new Uint8Array(wanted));
  }
  const classifier = await loadClassifier();
  assertEquals(index.weights.classifier, classifier.hash);
  const answers = answersOf(await classify(classifier, images));
  classifier.model.dispose();
  assertEquals(
    answers.map(({ answer, confidence }) => [answer, Number(confidence.toFixed(6))]),
    index.pictures.map(({ digit, probability }) => [digit, probability]),
  );
});

Deno.test(requiring(
  [needsNightly, needsShared("lenet-mnist/lenet.json")],
  "deno task digits makes the committed files again, byte for byte",
  async () => {
    const to = await Deno.makeTempDir();
    const lenet = sharedFile("lenet-mnist/lenet.json");
    const { code, stderr } = await runProgram(program("digits"), ["--to", to, "--lenet", lenet]);
    assertEquals([code, stderr], [0, ""]);
    for (const name of [INDEX_FILE, CHECK_FILE, ...Object.values(index.sheets)]) {
      const [made, committed] = await Promise.all(
        [to, folder].map((place) => Deno.readFile(`${place}/${name}`)),
      );
      assertEquals(made, committed, name);
    }
  },
));

function drawAgain(generator: tf.LayersModel, pictures: readonly DigitPicture[]) {
  const latents = pictures.map(({ latent }) => [...latentOf(index, latent)]);
  const pixels = tf.tidy(() => {
    const drawn = generator.apply(tf.tensor2d(latents), { training: false }) as tf.Tensor2D;
    return drawn.dataSync<"float32">();
  });
  return denormalize({ pixels, count: latents.length, height: 28, width: 28, range: "-1..1" });
}
