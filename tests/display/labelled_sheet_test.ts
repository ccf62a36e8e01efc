import { assertEquals, assertRejects } from "@std/assert";
import sharp from "sharp";
import { drawLabelledSheet } from "../../lib/display/labelled_sheet.ts";
import type { ByteImages } from "../../lib/images.ts";

/** Six of the sixteen shades of grey that a labelled sheet can contain. */
const shades = [0, 17, 34, 102, 170, 255];

Deno.test("a labelled sheet shows each image unchanged, below and beside its labels", async () => {
  const labelled = { columns: ["a", "b", "c"], rows: ["one", "two"], title: "title", scale: 2 };
  const { pixels, width, height } = await decode(await drawLabelledSheet(images(6), labelled));
  const side = 4 * 2 + 6;
  const [left, top] = [width - 3 * side - 6, height - 2 * side - 6];
  for (let i = 0; i < 6; i++) {
    const x = left + 6 + (i % 3) * side;
    const y = top + 6 + Math.floor(i / 3) * side;
    for (const [dx, dy] of [[0, 0], [7, 0], [0, 7], [7, 7]]) {
      assertEquals(pixels[(y + dy) * width + x + dx], shades[i], `image ${i}`);
    }
    assertEquals(pixels[(y - 1) * width + x - 1], 255, `gap before image ${i}`);
  }
  const hasInk = (x: number, y: number, across: number, down: number) =>
    Array.from(
      { length: down },
      (_, dy) => pixels.subarray((y + dy) * width + x, (y + dy) * width + x + across),
    ).flatMap((row) => [...row]).some((shade) => shade < 128);
  assertEquals(hasInk(left, 28, width - left, top - 28), true, "columns have labels");
  assertEquals(hasInk(0, top, left, height - top), true, "rows have labels");
  assertEquals(hasInk(0, 0, width, 28), true, "there is a title");
});

Deno.test("images that do not fill the rows of a labelled sheet are refused", async () => {
  for (const options of [{ columns: ["a", "b"] }, { columns: ["a", "b", "c"], rows: ["one"] }]) {
    const count = options.rows ? 6 : 5;
    await assertRejects(
      () => drawLabelledSheet(images(count), options),
      RangeError,
      "wanted images",
    );
  }
});

/** Returns images of 4x4 pixels. All pixels of an image have the same shade. */
function images(count: number): ByteImages {
  const pixels = Uint8Array.from({ length: 16 * count }, (_, i) => shades[Math.floor(i / 16)]);
  return { pixels, count, height: 4, width: 4, range: "0..255" };
}

async function decode(png: Uint8Array) {
  const { data, info } = await sharp(png).greyscale().raw().toBuffer({ resolveWithObject: true });
  return { pixels: data, width: info.width, height: info.height };
}
