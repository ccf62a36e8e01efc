import { assertEquals, assertLess, assertRejects } from "@std/assert";
import { loadMnist } from "../../../lib/dataset/mnist.ts";
import { selectImages } from "../../../lib/dataset/select_images.ts";
import { openLenetReader } from "../../../lib/evaluation/classifier/lenet_reader.ts";
import { publishedLenet } from "../../../lib/evaluation/extractors/lenet.ts";
import { WeightFileError } from "../../../lib/evaluation/weight_files/weight_file_error.ts";
import { startEngine } from "../../../lib/engine/backend.ts";
import { lenetShapes, writeLenetTable } from "../../support/lenet_table.ts";
import { needsShared, sharedFile } from "../../support/shared.ts";
import { requiring } from "../../support/skip.ts";

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

Deno.test("a reader answers by its last layer: the largest bias where all weights are alike", async () => {
  await startEngine({ engine: "wasm" });
  const last = { "fc.f7.weight": [10, 84], "fc.f7.bias": [10] };
  await using table = await writeLenetTable({ ...lenetShapes, ...last });
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

Deno.test("a file without the last layer is refused", async () => {
  await using table = await writeLenetTable();
  await assertRejects(() => openLenetReader(table.path), WeightFileError, "fc.f7.weight");
});
