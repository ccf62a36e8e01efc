import { assertAlmostEquals, assertEquals, assertRejects } from "@std/assert";
import { createHash } from "node:crypto";
import { openLenet } from "../../../lib/evaluation/extractors/lenet.ts";
import { resizeMatrix } from "../../../lib/evaluation/extractors/resize.ts";
import { readFloatTable } from "../../../lib/evaluation/weight_files/float_table.ts";
import type { NamedTensors } from "../../../lib/evaluation/weight_files/named_tensors.ts";
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
  "the published LeNet's features equal NumPy's",
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
  "an image's LeNet features do not depend on the rest of its batch",
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
      one.forEach((value, j) => assertAlmostEquals(all[i * 84 + j], value, 1e-6));
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

Deno.test(
  "LeNet features are tanh(F6) of LeNet-5",
  withoutLeaks(async () => {
    await using table = await writeLenetTable();
    const { tensors } = await readFloatTable(table.path);
    const lenet = await openLenet(table.path);
    const { name, metric, height, width, channels, batchSize } = lenet;
    assertEquals([name, metric, height, width, channels], ["lenet", "LeNet-FID", 28, 28, 1]);
    assertEquals(batchSize, 500);
    const stream = randomStream(2, "images");
    const image = Uint8Array.from({ length: 784 }, () => stream.integer(256));
    const features = await lenet.features(image, 1);
    plainLenet(image, tensors).forEach((value, i) => assertAlmostEquals(features[i], value, 1e-5));
    lenet.dispose();
  }),
);

Deno.test("the error names a LeNet file that is missing, truncated or from a different network", async () => {
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
    "wanted JSON that maps names",
  );
});

/** Feature maps of shape `[channels, side, side]`. An input image is a single feature map. */
interface Maps {
  readonly channels: number;
  readonly side: number;
  readonly at: (channel: number, y: number, x: number) => number;
}

function plainLenet(image: Uint8Array, tensors: NamedTensors): number[] {
  const layer = (name: string) => {
    const { values, shape } = tensors.get(`${name}.weight`)!;
    return { weight: values, bias: tensors.get(`${name}.bias`)!.values, shape };
  };
  // This matrix enlarges a line of the image from 28 pixels to 32. Pixel i has its centre at
  // `i + 0.5`, and the first and last pixels are repeated outside the line.
  const line = resizeMatrix(28, 32, "bilinear");
  const resized: number[] = [];
  for (let y = 0; y < 32; y++) {
    for (let x = 0; x < 32; x++) {
      let sum = 0;
      image.forEach((byte, i) => {
        const [row, column] = [Math.floor(i / 28), i % 28];
        sum += line[28 * y + row] * line[28 * x + column] * byte / 255;
      });
      resized.push(sum);
    }
  }
  const digit = { channels: 1, side: 32, at: at(resized, 32) };
  const maps = convolve(
    convolve(digit, layer("convnet.c1")),
    layer("convnet.c3"),
  );
  const flat: number[] = [];
  for (let channel = 0; channel < maps.channels; channel++) {
    for (let i = 0; i < 25; i++) {
      flat.push(maps.at(channel, Math.floor(i / 5), i % 5));
    }
  }
  return connect(connect(flat, layer("convnet.c5")), layer("fc.f6"));
}

interface Layer {
  readonly weight: Float32Array;
  readonly bias: Float32Array;
  readonly shape: readonly number[];
}

function convolve(maps: Maps, { weight, bias, shape }: Layer): Maps {
  const [channels, , size] = shape;
  const side = (maps.side - size + 1) / 2;
  const filtered = (channel: number, y: number, x: number) => {
    let sum = bias[channel];
    for (let from = 0; from < maps.channels; from++) {
      for (let i = 0; i < size * size; i++) {
        const [dy, dx] = [Math.floor(i / size), i % size];
        sum += weight[(channel * maps.channels + from) * size * size + i] *
          maps.at(from, y + dy, x + dx);
      }
    }
    return Math.tanh(sum);
  };
  const values = Array.from({ length: channels * side * side }, (_, i) => {
    const channel = Math.floor(i / side / side);
    const [y, x] = [2 * (Math.floor(i / side) % side), 2 * (i % side)];
    const places = [[y, x], [y, x + 1], [y + 1, x], [y + 1, x + 1]];
    return Math.max(...places.map(([y, x]) => filtered(channel, y, x)));
  });
  return { channels, side, at: at(values, side) };
}

function connect(input: readonly number[], { weight, bias }: Layer): number[] {
  return Array.from(bias, (start, out) =>
    Math.tanh(input.reduce(
      (sum, value, i) => sum + value * weight[out * input.length + i],
      start,
    )));
}

function at(values: readonly number[], side: number): Maps["at"] {
  return (channel, y, x) => values[(channel * side + y) * side + x];
}
