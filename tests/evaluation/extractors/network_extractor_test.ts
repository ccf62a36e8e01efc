import { assertEquals, assertGreater, assertRejects } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import {
  type ExtractorCard,
  networkExtractor,
} from "../../../lib/evaluation/extractors/network_extractor.ts";
import { countGraphs, useNative, withoutLeaks } from "../../support/engine.ts";
import { withEnvironment } from "../../support/environment.ts";

await useNative();

/**
 * The images have two rows, one column and three channels. The extractor computes two features, one
 * for each row of an image: the sum of the values in that row.
 */
const card: ExtractorCard = {
  ...{ name: "digit", metric: "row-FID", hash: "rows", dimension: 2 },
  ...{ batchSize: 3, height: 2, width: 1, channels: 3 },
};

Deno.test(
  "the network gets images in batches of shape [count, height, width, channels]",
  withoutLeaks(async () => {
    const { extractor, calls } = rowSums();
    const before = countGraphs();
    for (const count of [0, 1, 3, 4, 7]) {
      const images = Uint8Array.from({ length: 6 * count }, (_, i) => i);
      const sums = Float32Array.from(
        { length: 2 * count },
        (_, row) => 9 * row + 3,
      );
      assertEquals(await extractor.features(images, count), sums);
    }
    // Each shape is traced once.
    assertEquals(new Set(calls.shapes), new Set(["1,2,1,3", "3,2,1,3"]));
    assertEquals(calls.disposals, 0);
    assertGreater(countGraphs(), before);
    extractor.dispose();
    assertEquals(countGraphs(), before);
    assertEquals(calls.disposals, 1);
  }),
);

Deno.test(
  "a large batch is computed in halves if operations share the processors, with the same features",
  withoutLeaks(async () => {
    const onOneThread = { TF_NUM_INTRAOP_THREADS: "1", TF_NUM_INTEROP_THREADS: "2" };
    const { extractor, calls } = rowSums({ ...card, batchSize: 70 });
    // A batch that is odd or has fewer than 64 images is not halved.
    const parts = [[70, 35], [69, 69], [64, 32], [62, 62]];
    for (const [count, part] of parts) {
      const images = Uint8Array.from({ length: 6 * count }, (_, i) => i);
      const extract = () => extractor.features(images, count);
      const split = await withEnvironment(onOneThread, extract);
      assertEquals(new Set(calls.shapes), new Set([`${part},2,1,3`]));
      assertEquals(split, await extract());
      calls.shapes.length = 0;
    }
    extractor.dispose();
  }),
);

Deno.test("an extractor has the name, metric and hash of its definition", () => {
  const { features: _, dispose, ...said } = rowSums().extractor;
  assertEquals(said, card);
  dispose();
});

Deno.test("pixels that do not make up whole images are refused", async () => {
  const { extractor } = rowSums();
  const cases: [bytes: number, count: number][] = [
    ...[[5, 1], [7, 1], [6, 2], [3, .5], [0, NaN]] as [number, number][],
  ];
  for (const [bytes, count] of cases) {
    await assertRejects(
      () => extractor.features(new Uint8Array(bytes), count),
      RangeError,
      `Extracting digit features: wanted ${6 * count} bytes for ${count} images of 2x1x3, ` +
        `found ${bytes}.`,
    );
  }
  extractor.dispose();
});

function rowSums(ofCard = card) {
  const calls = { shapes: [] as string[], disposals: 0 };
  const extractor = networkExtractor(ofCard, {
    forward: (pixels) => {
      calls.shapes.push(pixels.shape.join());
      return tf.sum(pixels, [2, 3]);
    },
    dispose: () => void calls.disposals++,
  });
  return { extractor, calls };
}
