import { assertEquals, assertLess, assertThrows } from "@std/assert";
import { loadMnist } from "../../../lib/dataset/mnist.ts";
import { inceptionExtractor } from "../../../lib/evaluation/extractors/inception.ts";
import { convolutions } from "../../../lib/evaluation/extractors/inception_convolutions.ts";
import { WeightFileError } from "../../../lib/evaluation/weight_files/weight_file_error.ts";
import golden from "../../golden/inception/features.json" with { type: "json" };
import { useNative, withoutLeaks } from "../../support/engine.ts";
import { formulaWeights } from "../../support/inception_weights.ts";
import { relativeDifference } from "../../support/relative_difference.ts";

await useNative();

const forms = [
  { name: "keras-inception", weights: "keras", metric: "FID-Keras" },
  { name: "fid-inception", weights: "torch", metric: "FID" },
] as const;

for (const { name, weights, metric } of forms) {
  Deno.test(
    `${name} matches its reference, for gray images and for three equal channels`,
    withoutLeaks(async () => {
      const count = 2;
      const { test } = await loadMnist();
      const gray = test.images.pixels.slice(0, count * 784);
      const tensors = formulaWeights(weights);
      for (const channels of [1, 3] as const) {
        const extractor = inceptionExtractor(name, {
          tensors,
          hash: "",
          path: "formula",
          images: { height: 28, width: 28, channels },
        });
        assertEquals([extractor.metric, extractor.dimension], [metric, 2048]);
        const images = Uint8Array.from(
          { length: gray.length * channels },
          (_, i) => gray[Math.floor(i / channels)],
        );
        const features = await extractor.features(images, count);
        const found = features.filter((_, i) => i % 64 === 0);
        assertLess(relativeDifference(found, golden[name].flat()), 1e-5);
        extractor.dispose();
      }
    }),
  );

  Deno.test(
    `${name} refuses weights of a different network and leaks no tensors`,
    withoutLeaks(() => {
      const tensors = new Map([["fc.weight", {
        shape: [1],
        values: Float32Array.of(1),
      }]]);
      const images = { height: 28, width: 28, channels: 1 } as const;
      assertThrows(
        () => inceptionExtractor(name, { tensors, hash: "", path: "file", images }),
        WeightFileError,
        "another network",
      );
    }),
  );
}

Deno.test("the table of Inception's layers has 21,802,784 parameters, as Keras counts", () => {
  const parameters = convolutions.map(({ shape }) => {
    const weights = shape.reduce((product, size) => product * size);
    return weights + 3 * shape[3]; // a shift, a mean and a variance per channel
  });
  assertEquals(parameters.length, 94);
  assertEquals(parameters.reduce((sum, count) => sum + count), 21_802_784);
});
