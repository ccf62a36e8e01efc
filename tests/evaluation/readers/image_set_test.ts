import { assert, assertEquals } from "@std/assert";
import {
  hashImages,
  imagesInMemory,
  selectFromSet,
  setOf,
  toByteImages,
  toGray,
} from "../../../lib/evaluation/readers/image_set.ts";

const gray = imagesInMemory("gray", Uint8Array.of(0, 1, 128, 255), [
  2,
  1,
  2,
  1,
]);

Deno.test("three equal channels become the original gray, and colours become their luminance", async () => {
  const pixels = Uint8Array.from([0, 1, 128, 255].flatMap((v) => [v, v, v]));
  const found = toGray(imagesInMemory("rgb", pixels, [2, 1, 2, 3]));
  assertEquals(await hashImages(found), await hashImages(gray));
  assertEquals(await found.read(1, 1), Uint8Array.of(128, 255));
  const colours = Uint8Array.of(255, 0, 0, 0, 255, 0, 0, 0, 255);
  // Pillow's convert("L") gives these values.
  assertEquals(
    await toGray(imagesInMemory("colours", colours, [3, 1, 1, 3])).read(0, 3),
    Uint8Array.of(76, 150, 29),
  );
  assertEquals(toGray(gray), gray);
});

Deno.test("an image set's hash depends on every byte, on the order and on the shape", async () => {
  const others = [
    imagesInMemory("size", Uint8Array.of(0, 1, 128, 255), [4, 1, 1, 1]),
    imagesInMemory("byte", Uint8Array.of(0, 1, 128, 254), [2, 1, 2, 1]),
    selectFromSet(gray, [1, 0]),
    selectFromSet(gray, [0]),
  ];
  const hashes = await Promise.all([gray, ...others].map(hashImages));
  assertEquals(new Set(hashes).size, 5);
  assertEquals(
    await hashImages(selectFromSet(gray, [0, 1], "the same")),
    hashes[0],
  );
});

Deno.test("chosen colour images are complete and in order", async () => {
  const pixels = Uint8Array.from({ length: 18 }, (_, i) => i);
  const set = imagesInMemory("colours", pixels, [3, 1, 2, 3]);
  const some = selectFromSet(set, [2, 0]);
  assertEquals(
    await some.read(0, 2),
    Uint8Array.of(...pixels.slice(12), ...pixels.slice(0, 6)),
  );
  assertEquals(await some.read(0, 1), pixels.slice(12));
  assertEquals(await some.read(1, 1), pixels.slice(0, 6));
});

Deno.test("an image set's hash covers all images, even those after the first thousand", async () => {
  const pixels = new Uint8Array(2500);
  const hashOf = (change: number) => {
    const changed = pixels.slice();
    changed[change] = 1;
    return hashImages(imagesInMemory("many", changed, [2500, 1, 1, 1]));
  };
  const hashes = await Promise.all([0, 999, 1000, 2499].map(hashOf));
  assertEquals(new Set(hashes).size, 4);
  // sha256 of the line "2500 1 1 1" and 2500 zeros; caches use it as a name.
  const bytes = new Uint8Array([
    ...new TextEncoder().encode("2500 1 1 1\n"),
    ...pixels,
  ]);
  const wanted = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  assertEquals(
    await hashImages(imagesInMemory("many", pixels, [2500, 1, 1, 1])),
    wanted.toHex(),
  );
});

Deno.test("hashing asks for each image once and for none that the set does not have", async () => {
  for (const count of [1, 999, 1000, 1001, 2000, 2500]) {
    const set = imagesInMemory("many", new Uint8Array(count), [count, 1, 1, 1]);
    const asked: number[] = [];
    await hashImages({
      ...set,
      read(from, count) {
        assert(from < set.count, `wanted an image before ${set.count}, found ${from}`);
        asked.push(...Array.from({ length: count }, (_, i) => from + i));
        return set.read(from, count);
      },
    });
    assertEquals(asked, [...Array(count).keys()]);
  }
});

Deno.test("an image set in memory returns the original images", async () => {
  const images = {
    ...{ pixels: Uint8Array.of(1, 2, 3, 4), count: 2, height: 2, width: 1 },
    range: "0..255" as const,
  };
  const set = setOf("two", images);
  assertEquals([set.name, set.channels, set.height, set.width], [
    ...["two", 1, 2, 1],
  ]);
  assertEquals(await toByteImages(set), images);
});
