/**
 * Compares both Inception networks with their reference implementations, using the same random
 * weights. The reference implementations write the weight files. This test runs only if it is
 * started with `REFERENCES=1 deno task test`.
 */
import { assertLess } from "@std/assert";
import { loadMnist } from "../../../lib/dataset/mnist.ts";
import { convolutions } from "../../../lib/evaluation/extractors/inception_convolutions.ts";
import { openExtractor } from "../../../lib/evaluation/extractors/open_extractor.ts";
import { useNative, withoutLeaks } from "../../support/engine.ts";
import { needsReferences, referenceRequirements, runReference } from "../../support/references.ts";
import { requiring } from "../../support/skip.ts";
import { relativeDifference } from "../../support/relative_difference.ts";

const COUNT = 16;

const cases = [
  { name: "keras-inception", network: "keras", files: ["weights.h5"] },
  {
    name: "fid-inception",
    network: "fid",
    files: ["weights.pth", "weights_legacy.pth"],
  },
] as const;

for (const { name, network, files } of cases) {
  Deno.test(requiring(
    needsReferences,
    `${name} has the features of its reference to 1e-4`,
    async () => {
      await useNative();
      const folder = await Deno.makeTempDir({ prefix: "sudogan_inception_" });
      try {
        const { test } = await loadMnist();
        const images = test.images.pixels.slice(0, COUNT * 784);
        const wanted = await referenceFeatures(network, folder, images);
        await withoutLeaks(async () => {
          for (const file of files) {
            const extractor = await openExtractor(name, {
              inception: `${folder}/${file}`,
            });
            const found = await extractor.features(images, COUNT);
            assertLess(relativeDifference(found, wanted), 1e-4, file);
            for (let i = 0; i < COUNT; i++) {
              const [from, to] = [
                i * extractor.dimension,
                (i + 1) * extractor.dimension,
              ];
              const difference = relativeDifference(
                found.subarray(from, to),
                wanted.subarray(from, to),
              );
              assertLess(difference, 1e-4, `${file}, image ${i}`);
            }
            extractor.dispose();
          }
        })();
      } finally {
        await Deno.remove(folder, { recursive: true });
      }
    },
  ));
}

async function referenceFeatures(
  network: string,
  folder: string,
  images: Uint8Array,
): Promise<Float32Array> {
  await Deno.writeTextFile(
    `${folder}/names.json`,
    JSON.stringify(convolutions.map(({ name }) => name)),
  );
  await Deno.writeFile(`${folder}/images.u8`, images);
  await runReference(
    "references/inception/inception_features.py",
    [network, folder],
    referenceRequirements,
  );
  const bytes = await Deno.readFile(`${folder}/features.f32`);
  return new Float32Array(bytes.buffer);
}
