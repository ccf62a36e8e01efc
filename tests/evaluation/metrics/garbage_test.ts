import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { loadMnist } from "../../../lib/dataset/mnist.ts";
import { EvaluationError } from "../../../lib/evaluation/evaluation_error.ts";
import { countIsolated, scoreGarbage } from "../../../lib/evaluation/metrics/garbage.ts";
import type { ByteImages } from "../../../lib/images.ts";

const { test } = await loadMnist();

Deno.test("MNIST's test images have almost no isolated pixels, and none is too bright", () => {
  const { tooBrightShare, isolatedPixels } = scoreGarbage(
    test.images,
    test.images,
  );
  assertEquals(tooBrightShare, 0);
  // The 10,000 images have sixteen isolated pixels.
  assertAlmostEquals(isolatedPixels, 0.0016, 1e-9);
});

Deno.test("a white background is too bright, and noise has many isolated pixels", () => {
  const white = images(2, () => 255);
  assertEquals(scoreGarbage(white, test.images), {
    tooBrightShare: 1,
    isolatedPixels: 0,
  });
});

Deno.test("a pixel is isolated if all its neighbours are dark, even at the edge", () => {
  const lit = (...places: number[]) => images(1, (i) => places.includes(i) ? 255 : 0);
  assertEquals(countIsolated(lit(0)), 1);
  assertEquals(countIsolated(lit(0, 1)), 0);
  // Diagonal neighbours count.
  assertEquals(countIsolated(lit(0, 29)), 0);
  // The end of a row and the start of the next row are not neighbours.
  assertEquals(countIsolated(lit(27, 28)), 2);
  // Nor are the last row of an image and the first row of the next one.
  const [last, first] = [783, 784 + 27];
  assertEquals(countIsolated(images(2, (i) => i === last || i === first ? 255 : 0)), 2);
});

Deno.test("garbage scores refuse an empty set of images", () => {
  assertThrows(
    () => scoreGarbage(images(0, () => 0), test.images),
    EvaluationError,
  );
});

function images(count: number, shade: (i: number) => number): ByteImages {
  const pixels = Uint8Array.from({ length: count * 784 }, (_, i) => shade(i));
  return { pixels, count, height: 28, width: 28, range: "0..255" };
}
