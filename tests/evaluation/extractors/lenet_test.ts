import { assertAlmostEquals, assertEquals, assertRejects } from "@std/assert";
import { createHash } from "node:crypto";
import { openLenet } from "../../../lib/evaluation/extractors/lenet.ts";
import { WeightFileError } from "../../../lib/evaluation/weight_files/weight_file_error.ts";
import { loadMnist } from "../../../lib/dataset/mnist.ts";
import { randomStream } from "../../../lib/random.ts";
import { useNative, withoutLeaks } from "../../support/engine.ts";
import { lenetShapes, writeLenetTable } from "../../support/lenet_table.ts";
import { needsShared, sharedFile } from "../../support/shared.ts";
import { requiring } from "../../support/skip.ts";
import golden from "../../golden/inception/lenet.json" with { type: "json" };

await useNative();

const LENET = "lenet-mnist/lenet.json";
const published = sharedFile(LENET);

Deno.test(requiring(
  needsShared(LENET),
  "the published LeNet's features are those that NumPy computes",
  withoutLeaks(async () => {
    const lenet = await openLenet(published);
    assertEquals([lenet.metric, lenet.dimension], ["LeNet-FID", 84]);
    const bytes = await Deno.readFile(published.replace(".json", ".f32"));
    assertEquals(lenet.hash, createHash("sha256").update(bytes).digest("hex"));
    const { test } = await loadMnist();
    const count = golden.features.length;
    const digits = test.images.pixels.subarray(0, count * 784);
    const features = await lenet.features(digits, count);
    golden.features.flat().forEach((value, i) => {
      assertAlmostEquals(features[i], value, 2e-6);
    });
    lenet.dispose();
  }),
));

Deno.test(
  "features do not depend on what else is in the batch, nor on its size",
  withoutLeaks(async () => {
    await using folder = await writeLenetTable(lenetShapes);
    const lenet = await openLenet(folder.path);
    const stream = randomStream(1, "images");
    const count = lenet.batchSize + 2;
    const images = Uint8Array.from(
      { length: count * 784 },
      () => stream.integer(256),
    );
    const all = await lenet.features(images, count);
    assertEquals(all.length, count * 84);
    for (const i of [0, lenet.batchSize, count - 1]) {
      const one = await lenet.features(
        images.subarray(i * 784, (i + 1) * 784),
        1,
      );
      one.forEach((value, j) =>
        assertAlmostEquals(all[i * 84 + j], value, 1e-6)
      );
    }
    assertEquals(await lenet.features(new Uint8Array(), 0), new Float32Array());
    await assertRejects(
      () => lenet.features(new Uint8Array(784), 2),
      RangeError,
      "wanted 1568 bytes for 2 images of 28x28x1, found 784",
    );
    lenet.dispose();
  }),
);

Deno.test("files that are missing, cut short or of another network are named", async () => {
  await assertRejects(
    () => openLenet("/nowhere/lenet.json"),
    WeightFileError,
    "/nowhere/lenet.json",
  );
  await using short = await writeLenetTable(lenetShapes, 1000);
  await assertRejects(
    () => openLenet(short.path),
    WeightFileError,
    "found 1000",
  );
  await using other = await writeLenetTable({
    ...lenetShapes,
    "fc.f6.weight": [120, 84],
  });
  await assertRejects(
    () => openLenet(other.path),
    WeightFileError,
    "wanted the tensor 'fc.f6.weight' of shape [84,120], found one of shape [120,84]",
  );
  await Deno.writeTextFile(other.path, '{"a": 1}');
  await assertRejects(
    () => openLenet(other.path),
    WeightFileError,
    "wanted a JSON of names",
  );
});
