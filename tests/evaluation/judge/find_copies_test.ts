import { assertEquals, assertGreater, assertNotEquals } from "@std/assert";
import type { Features } from "../../../lib/evaluation/metrics/features.ts";
import { extractFeatures } from "../../../lib/evaluation/extractors/extract_features.ts";
import { setOf } from "../../../lib/evaluation/readers/image_set.ts";
import { findMemorization } from "../../../lib/evaluation/metrics/memorization.ts";
import type { ByteImages } from "../../../lib/images.ts";
import { CopySources, lookForCopies } from "../../../lib/evaluation/judge/find_copies.ts";
import { quarterExtractor } from "../../support/digit_reader.ts";
import { countGraphs, useNative } from "../../support/engine.ts";
import { toyDigits } from "../../support/toy_digits.ts";

Deno.test("the usual distances are measured on 1,000 unseen images that the seed chooses", async () => {
  await useNative();
  const [train, test] = [toyDigits(40, 1), toyDigits(1010, 2)];
  const { images } = toyDigits(30, 3);
  const { height, width } = images;
  const extractor = quarterExtractor(height, width);
  const features = (of: ByteImages) => extractFeatures(setOf("", of), extractor);
  const pixels = ({ pixels: values, count }: ByteImages): Features => ({
    ...{ values, count, dimension: height * width },
  });
  const cache = await Deno.makeTempDir();
  const unseen: Float64Array[] = [];
  for (const seed of [1, 2, 1]) {
    const { scores, neighbours } = await lookForCopies(
      setOf("generated", images),
      await features(images),
      { train, test, source: "" },
      { extractor, seed, cache },
    );
    const find = async (
      where: string,
      of: (images: ByteImages) => Features | Promise<Features>,
    ) =>
      findMemorization({
        generated: await of(images),
        unseen: await of(test.images),
        training: await of(train.images),
      }, { where, queries: 1000, seed });
    const byPixels = await find("pixels", pixels);
    const byFeatures = await find("digit features", features);
    assertEquals(scores, [...byPixels.scores, ...byFeatures.scores]);
    assertEquals(neighbours.unseen, byPixels.unseen);
    unseen.push(neighbours.unseen);
  }
  assertEquals(unseen[0].length, 1000);
  assertNotEquals(unseen[0], unseen[1]);
});

Deno.test("images kept for later searches are prepared once, and freed only when they are disposed of", async () => {
  await useNative();
  const mnist = { train: toyDigits(40, 1), test: toyDigits(20, 2), source: "" };
  const { images } = toyDigits(30, 3);
  const extractor = quarterExtractor(images.height, images.width);
  const features = await extractFeatures(setOf("", images), extractor);
  const extracted: string[] = [];
  const search = async (kept?: CopySources) => {
    const { scores } = await lookForCopies(setOf("generated", images), features, mnist, {
      ...{ extractor, seed: 1, cache: await Deno.makeTempDir() },
      onProgress: (what) => what.startsWith("digit features of ") && extracted.push(what),
    }, kept);
    return scores;
  };
  const before = countGraphs();
  const alone = await search();
  assertEquals(countGraphs(), before);
  const names = ["MNIST's test images", "MNIST's training images"]
    .map((set) => `digit features of ${set}`);
  assertEquals(extracted.splice(0), names);
  const kept = new CopySources(mnist);
  assertEquals(await search(kept), alone);
  const open = countGraphs();
  assertGreater(open, before);
  assertEquals(await search(kept), alone);
  assertEquals(countGraphs(), open);
  assertEquals(extracted, names);
  kept.dispose();
  assertEquals(countGraphs(), before);
});
