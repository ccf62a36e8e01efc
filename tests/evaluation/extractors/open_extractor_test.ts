import { assertEquals, assertRejects } from "@std/assert";
import { fileURLToPath } from "node:url";
import type { ExtractorName } from "../../../lib/evaluation/extractors/extractor.ts";
import {
  openExtractor,
  type OpenExtractorOptions,
} from "../../../lib/evaluation/extractors/open_extractor.ts";
import {
  fidInceptionFile,
  kerasInceptionFile,
} from "../../../lib/evaluation/weight_files/published_weights.ts";
import { WeightFileError } from "../../../lib/evaluation/weight_files/weight_file_error.ts";
import { sha256 } from "../../../lib/models/weights.ts";
import { useNative, withoutLeaks } from "../../support/engine.ts";
import { emptyInception } from "../../support/inception_weights.ts";

const golden = (file: string) =>
  fileURLToPath(import.meta.resolve(`../../golden/weight_files/${file}`));

Deno.test("an extractor is refused without the option that provides its weights, and the error names both", async () => {
  const cases: [ExtractorName, keyof OpenExtractorOptions][] = [
    ["digit", "loadDigit"],
    ["lenet", "lenet"],
  ];
  for (const [name, option] of cases) {
    await assertRejects(
      () => openExtractor(name),
      Error,
      `Opening the extractor ${name}: wanted the option '${option}', found none.`,
    );
  }
});

Deno.test("each Inception network has its own published file", async () => {
  const files = { "keras-inception": kerasInceptionFile, "fid-inception": fidInceptionFile };
  const folder = await Deno.makeTempDir({ prefix: "sudogan_weights_" });
  for (const [name, { file, digest }] of Object.entries(files)) {
    await Deno.writeTextFile(`${folder}/${file}`, "something else");
    const error = await assertRejects(
      () => openExtractor(name as ExtractorName, { published: { folder } }),
      WeightFileError,
      `${folder}/${file}: wanted the file with `,
    );
    assertEquals(error.message.includes(digest), true, error.message);
  }
  await Deno.remove(folder, { recursive: true });
});

Deno.test("a named file is read in the network's own format, and must contain the network's weights", async () => {
  const published = { folder: "/dev/null/no folder" };
  const cases: [ExtractorName, file: string, message: string][] = [
    ["keras-inception", "tensors.h5", "tensors.h5: wanted 94 layers conv2d_1"],
    ["keras-inception", "tensors.pth", "wanted an HDF5 file"],
    ["fid-inception", "tensors.pth", "wanted the tensor 'Conv2d_1a_3x3.conv.weight'"],
    ["fid-inception", "tensors.h5", "wanted a pickle"],
    ["lenet", "tensors.pth", "wanted the tensor 'convnet.c1.weight' of shape [6,1,5,5]"],
  ];
  for (const [name, file, message] of cases) {
    const options = name === "lenet" ? { lenet: golden(file) } : { inception: golden(file) };
    const error = await assertRejects(
      () => openExtractor(name, { ...options, published }),
      WeightFileError,
      message,
    );
    assertEquals(error.message.includes(golden(file)), true, error.message);
  }
});

Deno.test(
  "an Inception network is identified by its file's hash, and takes 28x28 gray images unless a size is given",
  withoutLeaks(async () => {
    await useNative();
    const path = await Deno.makeTempFile({ prefix: "sudogan_inception_", suffix: ".pth" });
    const bytes = emptyInception();
    await Deno.writeFile(path, bytes);
    const sizes = [
      [undefined, [28, 28, 1]],
      [{ height: 9, width: 7, channels: 3 }, [9, 7, 3]],
    ] as const;
    for (const [images, size] of sizes) {
      const extractor = await openExtractor("fid-inception", { inception: path, images });
      const { name, metric, hash, dimension, height, width, channels } = extractor;
      assertEquals([height, width, channels], [...size]);
      assertEquals([name, metric, dimension], ["fid-inception", "FID", 2048]);
      assertEquals(hash, await sha256(bytes));
      extractor.dispose();
    }
    await Deno.remove(path);
  }),
);
