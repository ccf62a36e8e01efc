import { assertEquals, assertRejects } from "@std/assert";
import { EvaluationError } from "../../../lib/evaluation/evaluation_error.ts";
import {
  cachedFeatures,
  extractFeatures,
} from "../../../lib/evaluation/extractors/extract_features.ts";
import { imagesInMemory } from "../../../lib/evaluation/readers/image_set.ts";
import { quarterExtractor } from "../../support/digit_reader.ts";

/**
 * The number of images. Each image has 2 rows of 4 pixels. In image i, both pixels of the upper
 * left quarter have the value i modulo 250. The two pixels of the lower right quarter have the
 * values 5 and ⌊i / 256⌋. The remaining pixels are 0.
 */
const COUNT = 1203;
const pixels = new Uint8Array(8 * COUNT);
for (let i = 0; i < COUNT; i++) {
  pixels.set([i % 250, i % 250, 0, 0, 0, 0, 5, i >> 8], 8 * i);
}
const set = imagesInMemory("numbers", pixels, [COUNT, 2, 4, 1]);

Deno.test("images are processed in parts of 500, and their features keep the order", async () => {
  const extractor = quarterExtractor(2, 4);
  const done: number[] = [];
  const features = await extractFeatures(set, extractor, {
    onProgress: (count) => done.push(count),
  });
  assertEquals([features.count, features.dimension], [COUNT, 4]);
  assertEquals(extractor.calls, [500, 500, 203]);
  assertEquals(done, [500, 1000, 1203]);
  for (const i of [0, 1, 499, 500, 777, 1000, 1202]) {
    assertEquals([...features.values.subarray(4 * i, 4 * i + 4)], [
      ...[i % 250, 0, 0, (5 + (i >> 8)) / 2],
    ]);
  }
});

Deno.test("nothing follows the last full part of 500 images", async () => {
  for (const parts of [0, 1, 2]) {
    const extractor = quarterExtractor(2, 4);
    const done: number[] = [];
    const count = 500 * parts;
    const some = imagesInMemory("some", pixels.subarray(0, 8 * count), [count, 2, 4, 1]);
    const { values } = await extractFeatures(some, extractor, {
      onProgress: (count) => done.push(count),
    });
    assertEquals(values.length, 4 * count);
    assertEquals(extractor.calls, new Array(parts).fill(500));
    assertEquals(done, [500, 1000].slice(0, parts));
  }
});

Deno.test("features of the same images and extractor come from the cache", async () => {
  const folder = `${await Deno.makeTempDir()}/made/if/need/be`;
  const extractor = quarterExtractor(2, 4);
  const first = await cachedFeatures(set, extractor, folder);
  const calls = extractor.calls.length;
  assertEquals(await cachedFeatures(set, extractor, folder), first);
  assertEquals(extractor.calls.length, calls);
  const others = [
    [set, { ...extractor, hash: "others" }],
    [set, { ...extractor, name: "lenet" as const }],
    [imagesInMemory("one less", pixels, [COUNT - 1, 2, 4, 1]), extractor],
  ] as const;
  for (const [images, by] of others) {
    const before = extractor.calls.length;
    await cachedFeatures(images, by, folder);
    assertEquals(extractor.calls.length - before, 3);
  }
});

Deno.test("a cache file that is damaged or has the wrong length is replaced", async () => {
  const folder = await Deno.makeTempDir();
  const extractor = quarterExtractor(2, 4);
  const first = await cachedFeatures(set, extractor, folder);
  const [{ name }] = await Array.fromAsync(Deno.readDir(folder));
  const path = `${folder}/${name}`;
  await Deno.truncate(path, 100);
  assertEquals(await cachedFeatures(set, extractor, folder), first);
  const wide = { ...extractor, dimension: 5 };
  const features = await cachedFeatures(set, wide, folder);
  assertEquals(features.values.length, 5 * COUNT);
});

Deno.test("images of the wrong size are refused, and the error states both sizes", async () => {
  const refused = `numbers: the extractor digit takes images of 4x2x1 ` +
    "(height, width, channels); found 2x4x1.";
  for (const extract of [extractFeatures, cachedFeatures]) {
    await assertRejects(
      () => extract(set, quarterExtractor(4, 2), "/nowhere" as never),
      EvaluationError,
      refused,
    );
  }
});

Deno.test("images of the wrong size are refused even if their features are in the cache", async () => {
  const folder = await Deno.makeTempDir();
  const extractor = quarterExtractor(2, 4);
  await cachedFeatures(set, extractor, folder);
  // The same weights can serve images of several sizes, as those of Inception do.
  await assertRejects(
    () => cachedFeatures(set, { ...extractor, height: 4, width: 2 }, folder),
    EvaluationError,
    "takes images of 4x2x1 (height, width, channels); found 2x4x1",
  );
});
