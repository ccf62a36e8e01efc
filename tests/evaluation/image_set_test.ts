import { assertEquals } from "@std/assert";
import {
  hashImages,
  imagesInMemory,
  selectImages,
  toGray,
} from "../../lib/evaluation/image_set.ts";

const gray = imagesInMemory("gray", Uint8Array.of(0, 1, 128, 255), [
  2,
  1,
  2,
  1,
]);

Deno.test("what a file format has made three equal channels of is the same gray again; colours have their luminance", async () => {
  const pixels = Uint8Array.from([0, 1, 128, 255].flatMap((v) => [v, v, v]));
  const found = toGray(imagesInMemory("rgb", pixels, [2, 1, 2, 3]));
  assertEquals(await hashImages(found), await hashImages(gray));
  assertEquals(await found.read(1, 1), Uint8Array.of(128, 255));
  const colours = Uint8Array.of(255, 0, 0, 0, 255, 0, 0, 0, 255);
  // What Pillow's convert("L") gives.
  assertEquals(
    await toGray(imagesInMemory("colours", colours, [3, 1, 1, 3])).read(0, 3),
    Uint8Array.of(76, 150, 29),
  );
  assertEquals(toGray(gray), gray);
});

Deno.test("a hash depends on every byte, the order, and the shape", async () => {
  const others = [
    imagesInMemory("size", Uint8Array.of(0, 1, 128, 255), [4, 1, 1, 1]),
    imagesInMemory("byte", Uint8Array.of(0, 1, 128, 254), [2, 1, 2, 1]),
    selectImages(gray, [1, 0]),
    selectImages(gray, [0]),
  ];
  const hashes = await Promise.all([gray, ...others].map(hashImages));
  assertEquals(new Set(hashes).size, 5);
  assertEquals(
    await hashImages(selectImages(gray, [0, 1], "the same")),
    hashes[0],
  );
});
