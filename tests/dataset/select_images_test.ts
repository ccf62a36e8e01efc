import { assertEquals, assertThrows } from "@std/assert";
import { selectImages } from "../../lib/dataset/select_images.ts";
import type { ByteImages } from "../../lib/images.ts";

const images: ByteImages = {
  pixels: Uint8Array.of(1, 2, 3, 4, 5, 6),
  count: 3,
  height: 2,
  width: 1,
  range: "0..255",
};

Deno.test("images are returned in the order of the indices, repeated ones included", () => {
  const selected = selectImages(images, Uint32Array.of(2, 0, 2));
  assertEquals([...selected.pixels], [5, 6, 1, 2, 5, 6]);
  assertEquals([selected.count, selected.height, selected.width], [3, 2, 1]);
});

Deno.test("images that are wider than high are copied whole", () => {
  const wide = { ...images, height: 1, width: 2 };
  assertEquals([...selectImages(wide, [1]).pixels], [3, 4]);
  const tall = {
    ...images,
    pixels: Uint8Array.from({ length: 18 }, (_, i) => i),
    ...{ height: 3, width: 2 },
  };
  assertEquals([...selectImages(tall, [1]).pixels], [6, 7, 8, 9, 10, 11]);
});

Deno.test("changing a selection leaves the originals unchanged", () => {
  selectImages(images, [0]).pixels.fill(9);
  assertEquals(images.pixels[0], 1);
});

Deno.test("an index without an image is refused", () => {
  for (const index of [3, -1, 0.5, NaN]) {
    assertThrows(() => selectImages(images, [index]), RangeError, "0 to 2");
  }
});
