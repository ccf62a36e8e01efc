import { assert, assertEquals, assertNotEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { gatherNormalized, shuffledBatches } from "../../lib/dataset/batches.ts";
import { normalize } from "../../lib/dataset/normalize.ts";
import type { ByteImages } from "../../lib/images.ts";
import { randomStream } from "../../lib/random.ts";

Deno.test("each index is in exactly one batch, and only the last batch is smaller", () => {
  const sizes = fc.tuple(
    fc.integer({ min: 1, max: 200 }),
    fc.integer({ min: 1, max: 250 }),
    fc.nat(),
  );
  fc.assert(fc.property(sizes, ([count, batchSize, seed]) => {
    const batches = shuffledBatches(count, batchSize, randomStream(seed, "t"));
    const sorted = batches.flatMap((batch) => [...batch]).sort((a, b) => a - b);
    assertEquals(sorted, Array.from({ length: count }, (_, i) => i));
    for (const batch of batches.slice(0, -1)) {
      assertEquals(batch.length, batchSize);
    }
    assertEquals(batches.at(-1)!.length, (count - 1) % batchSize + 1);
  }));
});

Deno.test("an epoch of MNIST in batches of 128 has 469 batches, the last of 96", () => {
  const batches = shuffledBatches(60_000, 128, randomStream(1, "batches", 0));
  assertEquals(batches.length, 469);
  assertEquals(batches.at(-1)!.length, 96);
});

Deno.test("the same seed and epoch give the same order, and a different seed or epoch a different one", () => {
  const order = (seed: number, epoch: number) =>
    shuffledBatches(1000, 64, randomStream(seed, "batches", epoch));
  assertEquals(order(1, 0), order(1, 0));
  assertNotEquals(order(1, 0), order(1, 1));
  assertNotEquals(order(1, 0), order(2, 0));
});

Deno.test("batch sizes that are not positive whole numbers are refused", () => {
  for (const bad of [0, -1, 1.5, NaN, Infinity]) {
    for (const [count, batchSize] of [[bad, 1], [1, bad]]) {
      const cut = () => shuffledBatches(count, batchSize, randomStream(1));
      assertThrows(cut, RangeError, `found ${bad}`);
    }
  }
});

Deno.test("gathered images are normalized and in the order of the indices", () => {
  const images = randomImages(7, 3, 5);
  const size = 3 * 5;
  const all = normalize(images).pixels;
  const indices = Uint32Array.of(6, 0, 3, 3);
  const batch = gatherNormalized(images, indices);
  assertEquals(batch.length, indices.length * size);
  indices.forEach((index, row) =>
    assertEquals(
      batch.subarray(row * size, (row + 1) * size),
      all.subarray(index * size, (index + 1) * size),
    )
  );
});

Deno.test("an empty list of indices gathers no images", () => {
  const batch = gatherNormalized(randomImages(2, 2, 2), new Uint32Array());
  assertEquals(batch.length, 0);
});

Deno.test("a batch is written to the memory that it is given, and must fit there", () => {
  const images = randomImages(7, 3, 5);
  const memory = new Float32Array(4 * 15).fill(9);
  for (const indices of [Uint32Array.of(6, 0, 3, 3), Uint32Array.of(2, 1)]) {
    const batch = gatherNormalized(images, indices, memory);
    assertEquals(batch, gatherNormalized(images, indices));
    assert(batch.buffer === memory.buffer);
  }
  assertThrows(
    () => gatherNormalized(images, Uint32Array.of(0, 1, 2, 3, 4), memory),
    RangeError,
    "wanted memory for 75 numbers, found 60",
  );
});

function randomImages(
  count: number,
  height: number,
  width: number,
): ByteImages {
  const stream = randomStream(3, "images");
  const pixels = Uint8Array.from(
    { length: count * height * width },
    () => stream.integer(256),
  );
  return { pixels, count, height, width, range: "0..255" };
}
