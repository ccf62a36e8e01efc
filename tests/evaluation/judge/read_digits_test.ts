import { assertAlmostEquals, assertEquals, assertGreater } from "@std/assert";
import { extractFeatures } from "../../../lib/evaluation/extractors/extract_features.ts";
import { openExtractor } from "../../../lib/evaluation/extractors/open_extractor.ts";
import { readDigits } from "../../../lib/evaluation/judge/read_digits.ts";
import { setOf } from "../../../lib/evaluation/readers/image_set.ts";
import type { ByteImages } from "../../../lib/images.ts";
import { loadClassifier } from "../../../lib/models/classifier_weights.ts";
import { classify } from "../../../lib/models/classify.ts";
import { randomStream } from "../../../lib/random.ts";
import { useNative, withoutLeaks } from "../../support/engine.ts";

Deno.test(
  "the classifier's own features give the probabilities that the images give",
  withoutLeaks(async () => {
    await useNative();
    const [classifier, extractor] = [await loadClassifier(), await openDigit()];
    const images = noise(70);
    const features = await extractFeatures(setOf("noise", images), extractor);
    const reports: number[] = [];
    const read = async (given: ByteImages, hash = classifier.hash) =>
      await readDigits(
        { images: given, features, extractor },
        { ...classifier, hash },
        (done) => reports.push(done),
      );
    const wanted = await classify(classifier, images);
    // The classifier is unsure, so its temperature matters.
    const without = await classify({ ...classifier, temperature: 1 }, images);
    assertGreater(Math.max(...wanted.map((value, i) => Math.abs(value - without[i]))), 0.01);
    const black = { ...images, pixels: new Uint8Array(images.pixels.length) };
    // The images are not looked at, unless the features come from a different network.
    assertProbabilities(await read(black), wanted);
    assertProbabilities(await read(images, "another"), wanted);
    assertProbabilities(await read(black, "another"), await classify(classifier, black));
    assertEquals(reports, [70, 70, 70]);
    assertProbabilities(await readDigits({ images, features, extractor }, classifier), wanted);
    classifier.model.dispose();
    extractor.dispose();
  }),
);

async function openDigit() {
  return await openExtractor("digit", {
    loadDigit: async () => ({ ...await loadClassifier(), range: "0..1" }),
  });
}

function noise(count: number): ByteImages {
  const stream = randomStream(1, "noise");
  const pixels = Uint8Array.from({ length: 784 * count }, () => stream.integer(32));
  return { pixels, count, height: 28, width: 28, range: "0..255" };
}

function assertProbabilities(found: Float64Array, wanted: Float64Array): void {
  assertEquals(found.length, wanted.length);
  wanted.forEach((value, i) => assertAlmostEquals(found[i], value, 1e-5));
}
