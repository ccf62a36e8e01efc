import { assertAlmostEquals, assertEquals, assertLess, assertRejects } from "@std/assert";
import { loadMnist } from "../../../lib/dataset/mnist.ts";
import { selectImages } from "../../../lib/dataset/select_images.ts";
import { openLenetReader } from "../../../lib/evaluation/classifier/lenet_reader.ts";
import { EvaluationError } from "../../../lib/evaluation/evaluation_error.ts";
import { openLenet, publishedLenet } from "../../../lib/evaluation/extractors/lenet.ts";
import { readFloatTable } from "../../../lib/evaluation/weight_files/float_table.ts";
import { WeightFileError } from "../../../lib/evaluation/weight_files/weight_file_error.ts";
import { startEngine } from "../../../lib/engine/backend.ts";
import { randomStream } from "../../../lib/random.ts";
import { withoutLeaks } from "../../support/engine.ts";
import { lenetShapes, writeLenetTable } from "../../support/lenet_table.ts";
import { needsShared, sharedFile } from "../../support/shared.ts";
import { requiring } from "../../support/skip.ts";

const lastLayer = { "fc.f7.weight": [10, 84], "fc.f7.bias": [10] };

Deno.test(requiring(
  needsShared("lenet-mnist/lenet.json"),
  "LeNet misreads fewer than one in forty of the first test images",
  async () => {
    await startEngine({ engine: "wasm" });
    const { images, labels } = (await loadMnist()).test;
    const lenet = await openLenetReader(sharedFile("lenet-mnist/lenet.json"));
    assertEquals(lenet.hash, publishedLenet.hashOfNumbers);
    const answers = await lenet.read(
      selectImages(images, Array.from({ length: 600 }, (_, i) => i)),
    );
    lenet.dispose();
    assertLess(answers.filter(({ answer }, i) => answer !== labels[i]).length, 15);
  },
));

Deno.test("with equal weights LeNet reads every image as the digit with the largest bias", async () => {
  await startEngine({ engine: "wasm" });
  await using table = await writeLenetTable({ ...lenetShapes, ...lastLayer });
  const path = table.path.replace(".json", ".f32");
  const numbers = new Float32Array((await Deno.readFile(path)).buffer);
  numbers.fill(0, -850);
  numbers[numbers.length - 10 + 6] = 5;
  await Deno.writeFile(path, new Uint8Array(numbers.buffer));
  const reader = await openLenetReader(table.path);
  const image = { pixels: new Uint8Array(784), count: 1, height: 28, width: 28 };
  const [{ answer, confidence }] = await reader.read({ ...image, range: "0..255" });
  reader.dispose();
  assertEquals(answer, 6);
  assertLess(Math.abs(confidence - Math.exp(5) / (Math.exp(5) + 9)), 1e-9);
});

Deno.test("each image is read by LeNet's last layer, a matrix product of its 84 features", async () => {
  await startEngine({ engine: "wasm" });
  await using table = await writeLenetTable({ ...lenetShapes, ...lastLayer });
  const { tensors } = await readFloatTable(table.path);
  const [weight, bias] = ["weight", "bias"].map((name) => tensors.get(`fc.f7.${name}`)!.values);
  const stream = randomStream(1, "images");
  const pixels = Uint8Array.from({ length: 3 * 784 }, () => stream.integer(256));
  const lenet = await openLenet(table.path);
  const features = await lenet.features(pixels, 3);
  lenet.dispose();
  const wanted = [0, 1, 2].map((row) => {
    const own = features.subarray(84 * row, 84 * (row + 1));
    const odds = Array.from(bias, (start, digit) => {
      const weights = weight.subarray(84 * digit, 84 * (digit + 1));
      return Math.exp(own.reduce((sum, feature, i) => sum + feature * weights[i], start));
    });
    const confidence = Math.max(...odds) / odds.reduce((sum, each) => sum + each);
    return { answer: odds.indexOf(Math.max(...odds)), confidence };
  });
  const reader = await openLenetReader(table.path);
  const found = await reader.read({
    ...{ pixels, count: 3, height: 28, width: 28 },
    range: "0..255",
  });
  reader.dispose();
  assertEquals(found.map(({ answer }) => answer), wanted.map(({ answer }) => answer));
  found.forEach(({ confidence }, i) => assertAlmostEquals(confidence, wanted[i].confidence, 1e-6));
  // A reader that confused the images would otherwise go unnoticed.
  assertEquals(new Set(wanted.map(({ confidence }) => confidence.toFixed(5))).size, 3);
});

Deno.test(
  "LeNet refuses images of another size, and a disposed reader leaves no tensors behind",
  withoutLeaks(async () => {
    await startEngine({ engine: "wasm" });
    await using table = await writeLenetTable({ ...lenetShapes, ...lastLayer });
    const reader = await openLenetReader(table.path);
    const image = { pixels: new Uint8Array(20), count: 1, height: 4, width: 5 };
    await assertRejects(
      () => reader.read({ ...image, range: "0..255" }),
      EvaluationError,
      "digits: the extractor lenet takes images of 28x28x1 (height, width, channels); found 4x5x1",
    );
    reader.dispose();
  }),
);

Deno.test("a file of LeNet weights without the last layer is refused", async () => {
  await using table = await writeLenetTable();
  await assertRejects(() => openLenetReader(table.path), WeightFileError, "fc.f7.weight");
});
