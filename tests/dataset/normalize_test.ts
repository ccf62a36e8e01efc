import { assertAlmostEquals, assertEquals } from "@std/assert";
import fc from "fast-check";
import { denormalize, normalize } from "../../lib/dataset/normalize.ts";
import type { ByteImages, SignedImages } from "../../lib/images.ts";

Deno.test("normalize maps a byte x to (x - 127.5) / 127.5", () => {
  const { pixels, ...rest } = normalize(byteRow(0, 51, 102, 153, 204, 255));
  const wanted = [-1, -0.6, -0.2, 0.2, 0.6, 1];
  wanted.forEach((value, i) => assertEquals(pixels[i], Math.fround(value)));
  assertEquals(rest, { count: 1, height: 1, width: 6, range: "-1..1" });
});

Deno.test("denormalize restores all 256 bytes exactly", () => {
  const every = byteRow(...Array.from({ length: 256 }, (_, byte) => byte));
  assertEquals(denormalize(normalize(every)), every);
});

Deno.test("denormalize rounds to the nearest byte and clamps", () => {
  const cases: [value: number, byte: number][] = [
    [-1.001, 0],
    [-100, 0],
    [-Infinity, 0],
    [1.001, 255],
    [100, 255],
    [Infinity, 255],
    [-1 + 0.49 / 127.5, 0],
    [-1 + 0.51 / 127.5, 1],
    [1 - 0.49 / 127.5, 255],
    [1 - 0.51 / 127.5, 254],
  ];
  const { pixels } = denormalize(signedRow(...cases.map(([value]) => value)));
  assertEquals([...pixels], cases.map(([, byte]) => byte));
});

Deno.test("denormalize moves no value in [-1, 1] by more than half a byte", () => {
  const value = fc.float({ min: -1, max: 1, noNaN: true });
  fc.assert(fc.property(value, (x) => {
    const { pixels } = denormalize(signedRow(x));
    assertAlmostEquals(pixels[0], x * 127.5 + 127.5, 0.5 + 1e-9);
  }));
});

Deno.test("normalize leaves its input unchanged", () => {
  const bytes = byteRow(1, 2, 3);
  const signed = normalize(bytes);
  const before = signed.pixels.slice();
  denormalize(signed);
  assertEquals(bytes, byteRow(1, 2, 3));
  assertEquals(signed.pixels, before);
});

Deno.test("no images normalize to no images", () => {
  const none: ByteImages = {
    pixels: new Uint8Array(),
    count: 0,
    height: 28,
    width: 28,
    range: "0..255",
  };
  assertEquals(denormalize(normalize(none)), none);
});

function byteRow(...pixels: number[]): ByteImages {
  return {
    pixels: Uint8Array.from(pixels),
    count: 1,
    height: 1,
    width: pixels.length,
    range: "0..255",
  };
}

function signedRow(...pixels: number[]): SignedImages {
  return {
    pixels: Float32Array.from(pixels),
    count: 1,
    height: 1,
    width: pixels.length,
    range: "-1..1",
  };
}
