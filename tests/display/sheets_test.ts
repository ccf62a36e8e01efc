import { assertEquals, assertRejects } from "@std/assert";
import fc from "fast-check";
import sharp from "sharp";
import { animate } from "../../lib/display/animation.ts";
import { drawSheet, readSheet } from "../../lib/display/sheets.ts";
import type { ByteImages } from "../../lib/images.ts";

Deno.test("columns, scale and gap determine the place of each pixel on a sheet", async () => {
  const sizes = fc.record({
    count: fc.integer({ min: 1, max: 7 }),
    columns: fc.integer({ min: 1, max: 5 }),
    scale: fc.integer({ min: 1, max: 3 }),
    gap: fc.integer({ min: 0, max: 2 }),
    height: fc.integer({ min: 1, max: 3 }),
    width: fc.integer({ min: 1, max: 3 }),
  });
  await fc.assert(
    fc.asyncProperty(
      sizes,
      async ({ count, columns, scale, gap, height, width }) => {
        const images = imagesOf(count, height, width);
        const sheet = await decode(
          await drawSheet(images, { columns, scale, gap, background: 99 }),
        );
        const [across, down] = [width * scale + gap, height * scale + gap];
        assertEquals(sheet.width, Math.min(columns, count) * across + gap);
        assertEquals(sheet.height, Math.ceil(count / columns) * down + gap);
        const expected = Array.from(
          { length: sheet.width * sheet.height },
          (_, at) => {
            const [x, y] = [
              at % sheet.width - gap,
              Math.floor(at / sheet.width) - gap,
            ];
            const [column, row] = [
              Math.floor(x / across),
              Math.floor(y / down),
            ];
            const [dx, dy] = [x - column * across, y - row * down];
            const image = row * columns + column;
            const inside = x >= 0 && y >= 0 && dx < width * scale &&
              dy < height * scale && image < count;
            return inside
              ? images
                .pixels[
                  (image * height + Math.floor(dy / scale)) * width +
                  Math.floor(dx / scale)
                ]
              : 99;
          },
        );
        assertEquals([...sheet.pixels], expected);
        const options = { columns, scale, gap };
        assertEquals(await readSheet(await drawSheet(images, options), images, options), images);
      },
    ),
    { numRuns: 30 },
  );
});

Deno.test("a picture that is too small for the images is no sheet of them", async () => {
  const sheet = await drawSheet(imagesOf(9, 2, 2));
  await assertRejects(() => readSheet(sheet, { count: 17, height: 2, width: 2 }), RangeError);
});

Deno.test("a sheet without images, or with incomplete ones, is refused", async () => {
  await assertRejects(
    () => drawSheet(imagesOf(0, 2, 2)),
    RangeError,
    "count must be a positive whole number, found 0",
  );
  await assertRejects(
    () => drawSheet(imagesOf(1, 2, 2), { columns: 0 }),
    RangeError,
    "columns",
  );
  await assertRejects(
    () => drawSheet(imagesOf(1, 2, 2), { scale: 1.5 }),
    RangeError,
    "scale",
  );
  await assertRejects(
    () => drawSheet({ ...imagesOf(2, 2, 2), count: 3 }),
    RangeError,
    "have 12 pixels, found 8",
  );
});

Deno.test("an animation shows every pixel of each frame, each for its duration", async () => {
  const frames = await Promise.all(
    [1, 2, 3].map((seed) => drawSheet(imagesOf(4, 3, 3, seed))),
  );
  const webp = await animate(frames, { delayMs: 120, lastDelayMs: 900 });
  const { pages, delay, loop, format } = await sharp(webp, { animated: true })
    .metadata();
  assertEquals({ pages, delay, loop, format }, {
    pages: 3,
    delay: [120, 120, 900],
    loop: 0,
    format: "webp",
  });
  for (const [page, frame] of frames.entries()) {
    const shown = await sharp(webp, { page }).toColourspace("b-w").raw()
      .toBuffer();
    assertEquals(
      [...shown],
      [...(await decode(frame)).pixels],
      `frame ${page}`,
    );
  }
});

Deno.test("an animation without frames, or with frames of different sizes, is refused", async () => {
  const times = { delayMs: 1, lastDelayMs: 1 };
  await assertRejects(
    () => animate([], times),
    RangeError,
    "at least one frame",
  );
  const frames = await Promise.all(
    [1, 2].map((count) => drawSheet(imagesOf(count, 3, 3))),
  );
  await assertRejects(
    () => animate(frames, times),
    RangeError,
    "10x10 and 18x10",
  );
});

function imagesOf(
  count: number,
  height: number,
  width: number,
  seed = 1,
): ByteImages {
  const pixels = Uint8Array.from(
    { length: count * height * width },
    (_, i) => (i * 37 * seed + 11) % 256,
  );
  return { pixels, count, height, width, range: "0..255" };
}

async function decode(
  png: Uint8Array,
): Promise<{ pixels: Uint8Array; width: number; height: number }> {
  const { data, info } = await sharp(png).toColourspace("b-w").raw().toBuffer({
    resolveWithObject: true,
  });
  assertEquals(info.channels, 1);
  return { pixels: data, width: info.width, height: info.height };
}
