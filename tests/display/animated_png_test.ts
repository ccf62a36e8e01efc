/**
 * Tests animated PNGs. The tests split each file into its chunks, as the PNG format defines them,
 * and read each frame with sharp.
 */
import { assert, assertEquals, assertRejects } from "@std/assert";
import { crc32 } from "node:zlib";
import sharp from "sharp";
import { animatePng } from "../../lib/display/animated_png.ts";
import { shareColours } from "../../lib/display/share_colours.ts";

const timing = { delayMs: 250, lastDelayMs: 3000 };

Deno.test("each frame keeps its pixels, place and duration, and the still picture is the last frame", async () => {
  const colours = [[255, 0, 0], [0, 0, 255], [10, 200, 30]];
  const frames = await Promise.all(colours.map((colour) => plainPng(7, 5, colour)));
  const chunks = takeApart(await animatePng(frames, timing));
  assertEquals(chunks.map(({ type }) => type), [
    ...["IHDR", "acTL", "PLTE", "IDAT"],
    ...["fcTL", "fdAT", "fcTL", "fdAT", "fcTL", "fdAT", "IEND"],
  ]);
  const controls = chunks.filter(({ type }) => type === "fcTL").map(({ data }) => viewOf(data));
  assertEquals(controls.map((view) => view.getUint16(20)), [250, 250, 3000]);
  assertEquals(controls.map((view) => view.getUint32(0)), [0, 2, 4], "headers' numbers");
  const numbered = chunks.filter(({ type }) => type === "fdAT");
  assertEquals(numbered.map(({ data }) => viewOf(data).getUint32(0)), [1, 3, 5], "frames' numbers");
  for (const [i, { data }] of numbered.entries()) {
    assertEquals(await firstPixel(chunks, data.subarray(4)), colours[i], `frame ${i}`);
  }
  const still = chunks.find(({ type }) => type === "IDAT")!;
  assertEquals(await firstPixel(chunks, still.data), colours[2]);
});

Deno.test("no frames, and frames of different sizes, are refused", async () => {
  await assertRejects(() => animatePng([], timing), RangeError, "at least one");
  const frames = [await plainPng(2, 2, [0, 0, 0]), await plainPng(3, 2, [0, 0, 0])];
  await assertRejects(() => animatePng(frames, timing), RangeError, "2x2 and 3x2");
});

Deno.test("a rare colour is kept among very many shades of a different one", () => {
  // 400 shades of red, each ten times, and one blue pixel.
  const shades = Array.from({ length: 400 }, (_, i) => [200 + i % 50, Math.floor(i / 50) * 4, 0]);
  const picture = [...Array(10).fill(shades).flat(), [0, 0, 255]].flat();
  const { palette, pictures } = shareColours([Uint8Array.from(picture)]);
  assert(palette.length <= 3 * 256);
  const last = pictures[0].at(-1)!;
  assertEquals([...palette.subarray(3 * last, 3 * last + 3)], [0, 0, 255]);
  const far = [...pictures[0]].some((colour, i) =>
    Math.abs(palette[3 * colour] - picture[3 * i]) > 24
  );
  assertEquals(far, false);
});

Deno.test("up to 256 colours stay unchanged", () => {
  const picture = Uint8Array.from({ length: 3 * 256 }, (_, i) => Math.floor(i / 3));
  const { palette, pictures: [indexed] } = shareColours([picture]);
  assertEquals([...indexed].map((colour) => palette[3 * colour]), [...Array(256).keys()]);
});

interface Chunk {
  readonly type: string;
  readonly data: Uint8Array;
  /** The bytes of the whole chunk, including its length, type and checksum. */
  readonly whole: Uint8Array;
}

function takeApart(png: Uint8Array): Chunk[] {
  const chunks: Chunk[] = [];
  for (let at = 8; at < png.length;) {
    const length = viewOf(png).getUint32(at);
    const body = png.subarray(at + 4, at + 8 + length);
    assertEquals(viewOf(png).getUint32(at + 8 + length), crc32(body), "checksum");
    const type = new TextDecoder().decode(body.subarray(0, 4));
    chunks.push({ type, data: body.subarray(4), whole: png.subarray(at, at + 12 + length) });
    at += 12 + length;
  }
  return chunks;
}

/**
 * Returns the first pixel of a frame. For this, the data of the frame are put into a plain PNG,
 * which sharp reads.
 */
async function firstPixel(chunks: readonly Chunk[], data: Uint8Array): Promise<number[]> {
  const of = (wanted: string) => chunks.find(({ type }) => type === wanted)!.whole;
  const body = Uint8Array.from([...new TextEncoder().encode("IDAT"), ...data]);
  const frame = new Uint8Array(body.length + 8);
  frame.set(body, 4);
  viewOf(frame).setUint32(0, data.length);
  viewOf(frame).setUint32(body.length + 4, crc32(body));
  const signature = [137, 80, 78, 71, 13, 10, 26, 10];
  const png = Uint8Array.from([
    ...signature,
    ...of("IHDR"),
    ...of("PLTE"),
    ...frame,
    ...of("IEND"),
  ]);
  const pixels = await sharp(png).removeAlpha().raw().toBuffer();
  return [...pixels.subarray(0, 3)];
}

function plainPng(width: number, height: number, [r, g, b]: number[]): Promise<Uint8Array> {
  return sharp({ create: { width, height, channels: 3, background: { r, g, b } } }).png()
    .toBuffer();
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset);
}
