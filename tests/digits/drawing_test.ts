import { assert, assertAlmostEquals, assertEquals, assertRejects } from "@std/assert";
import sharp from "sharp";
import type { DigitPicture } from "../../lib/digits/digit_index.ts";
import { drawClearly, enlarge, reduceInk } from "../../lib/digits/ink.ts";
import { outlineOf } from "../../lib/digits/outline.ts";
import { decodeSheet, encodeSheet, inkColours, roundInk } from "../../lib/digits/sheet.ts";

const SIDE = 56;

Deno.test("a clear drawing keeps the ink, loses specks and has a clean edge", async () => {
  const pixels = stroke();
  const specked = pixels.slice();
  specked[3 * 28 + 3] = 255;
  const [clear, plain] = [await drawClearly(specked, SIDE), await enlarge(specked, SIDE)];
  assertAlmostEquals(sum(clear) / 4, sum(pixels), 0.12 * sum(pixels));
  assertEquals(clear[7 * SIDE + 7], 0);
  assert(plain[7 * SIDE + 7] > 100, "an image as it is keeps its specks");
  const grey = (ink: Uint8Array) => ink.filter((value) => value > 25 && value < 230).length;
  assert(grey(clear) < grey(plain), `${grey(clear)} of ${grey(plain)}`);
});

Deno.test("an enlarged picture can be reduced to its original size and keeps its ink", async () => {
  const small = await reduceInk(await enlarge(stroke(), SIDE), SIDE);
  assertEquals(small.length, 28 * 28);
  assertAlmostEquals(sum(small), sum(stroke()), 0.05 * sum(stroke()));
});

Deno.test("a sheet contains its pictures unchanged, and both themes show the same ones", async () => {
  const pictures: DigitPicture[] = ["clear", "clear", "raw"].map((kind, latent) => ({
    ...{ digit: 1, latent, probability: 1, kind: kind as DigitPicture["kind"] },
  }));
  const layout = { columns: 2, side: 6, pictures };
  const inks = pictures.map((_, i) =>
    Uint8Array.from({ length: 36 }, (_, at) => (i * 91 + at * 7) % 256)
  );
  const wanted = inks.map((ink, i) => roundInk(ink, pictures[i].kind));
  for (const theme of ["light", "dark"] as const) {
    const file = await encodeSheet(layout, inks, theme);
    assertEquals(await decodeSheet(layout, file), wanted);
    const { data, info } = await sharp(file).raw().toBuffer({ resolveWithObject: true });
    assertEquals([info.width, info.height, info.channels], [12, 12, 4]);
    // A pixel with ink has the theme's colour.
    assertEquals([...data.subarray(4, 7)], [...inkColours[theme]]);
  }
  const file = await encodeSheet(layout, inks, "light");
  await assertRejects(
    () => decodeSheet({ ...layout, columns: 3 }, file),
    RangeError,
    "wanted 18 x 6 pixels, found 12 x 12",
  );
});

Deno.test("an outline follows every edge of the ink, loops included, within the picture", () => {
  const ring = new Uint8Array(SIDE * SIDE);
  for (let y = 14; y < 42; y++) ring.fill(255, y * SIDE + 14, y * SIDE + 42);
  for (let y = 21; y < 35; y++) ring.fill(0, y * SIDE + 21, y * SIDE + 35);
  const outline = outlineOf(ring, SIDE);
  assertEquals(outline.match(/M/g)?.length, 2);
  assertEquals(outline.match(/Z/g)?.length, 2);
  const numbers = outline.match(/[\d.]+/g)!.map(Number);
  assertAlmostEquals(Math.min(...numbers), 0.25, 0.02);
  assertAlmostEquals(Math.max(...numbers), 0.75, 0.02);
  assertEquals(outlineOf(new Uint8Array(SIDE * SIDE), SIDE), "");
});

Deno.test("an outline covers as much area as the ink, so smoothing does not thin a stroke", async () => {
  const ink = await drawClearly(stroke(), SIDE);
  const svg =
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1" width="560" height="560">` +
    `<rect width="1" height="1" fill="white"/><path d="${outlineOf(ink, SIDE)}"/></svg>`;
  const { channels: [{ mean }] } = await sharp(new TextEncoder().encode(svg)).stats();
  const wanted = sum(ink) / (SIDE * SIDE);
  assertAlmostEquals(255 - mean, wanted, 0.06 * wanted);
});

function stroke(): Uint8Array {
  const pixels = new Uint8Array(28 * 28);
  for (let x = 8; x < 20; x++) [5, 6, 7].forEach((y) => pixels[y * 28 + x] = y === 6 ? 255 : 150);
  for (let y = 7; y < 24; y++) {
    const x = 19 - Math.round((y - 7) / 2);
    [-1, 0, 1].forEach((right) => pixels[y * 28 + x + right] = right === 0 ? 255 : 150);
  }
  return pixels;
}

function sum(values: Uint8Array): number {
  return values.reduce((total, value) => total + value, 0);
}
