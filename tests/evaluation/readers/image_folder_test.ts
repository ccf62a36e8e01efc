import { assertEquals, assertMatch, assertRejects } from "@std/assert";
import sharp from "sharp";
import { EvaluationError } from "../../../lib/evaluation/evaluation_error.ts";
import { decodeImage, openImageFolder } from "../../../lib/evaluation/readers/image_folder.ts";
import { randomStream } from "../../../lib/random.ts";

Deno.test("the pictures of a folder are read in the order of their names, gray ones as gray", () =>
  inFolder(async (folder) => {
    await drawGray(`${folder}/b.png`, 10);
    await drawGray(`${folder}/a.png`, 200);
    await Deno.writeTextFile(`${folder}/notes.txt`, "no picture");
    const set = await openImageFolder(folder);
    assertEquals([set.count, set.height, set.width, set.channels], [
      2,
      2,
      3,
      1,
    ]);
    assertEquals([...await set.read(0, 2)], [
      ...Array(6).fill(200),
      ...Array(6).fill(10),
    ]);
  }));

Deno.test("if the first picture is coloured, all are read in colour", () =>
  inFolder(async (folder) => {
    await sharp({
      create: { width: 3, height: 2, channels: 3, background: "#102030" },
    }).png().toFile(`${folder}/a.png`);
    await drawGray(`${folder}/b.jpg`, 128);
    const set = await openImageFolder(folder);
    assertEquals(set.channels, 3);
    const pixels = await set.read(0, 2);
    assertEquals([...pixels.subarray(0, 3)], [0x10, 0x20, 0x30]);
    assertEquals([...pixels.subarray(18, 21)], [128, 128, 128]);
  }));

Deno.test("an empty folder, a picture of a different size and a broken file are refused, and the error names them", () =>
  inFolder(async (folder) => {
    await refused(() => openImageFolder(folder), /found none in it/);
    await drawGray(`${folder}/a.png`, 1);
    await drawGray(`${folder}/b.png`, 1, 5);
    const set = await openImageFolder(folder);
    await refused(() => set.read(1, 1), /b\.png: wanted 3x2 pixels.*found 5x2/);
    await Deno.writeTextFile(`${folder}/b.png`, "no picture");
    await refused(() => set.read(1, 1), /b\.png: wanted a PNG or JPEG file/);
    await sharp({
      create: { width: 3, height: 2, channels: 3, background: "#ff0000" },
    }).png().toFile(`${folder}/b.png`);
    await refused(() => set.read(1, 1), /b\.png: wanted shades.*found colours/);
    const cut = (await Deno.readFile(`${folder}/a.png`)).slice(0, 60);
    await Deno.writeFile(`${folder}/b.png`, cut);
    await refused(() => set.read(1, 1), /b\.png: wanted a PNG or JPEG file/);
  }));

Deno.test("files are chosen by their extensions in either case, and subfolders are ignored", () =>
  inFolder(async (folder) => {
    for (const name of ["a.PNG", "b.jpg", "c.JPEG", "d.png"]) {
      await drawGray(`${folder}/${name}`, 50);
    }
    await Deno.mkdir(`${folder}/e.png`);
    for (const name of ["f.png.txt", "png", "g.jpegs"]) {
      await Deno.writeTextFile(`${folder}/${name}`, "no picture");
    }
    const set = await openImageFolder(folder);
    assertEquals([set.name, set.count], [folder, 4]);
    assertEquals((await set.read(0, 4)).length, 4 * 6);
  }));

Deno.test("a picture in colour mode may occur in a gray folder if all its pixels are gray", () =>
  inFolder(async (folder) => {
    await drawGray(`${folder}/a.png`, 9);
    const shades = [1, 2, 3, 4, 5, 6];
    await sharp(Uint8Array.from(shades.flatMap((x) => [x, x, x])), {
      raw: { width: 3, height: 2, channels: 3 },
    }).png().toFile(`${folder}/b.png`);
    const set = await openImageFolder(folder);
    assertEquals([...await set.read(1, 1)], shades);
    // One channel of the last pixel makes it coloured.
    const coloured = Uint8Array.from(shades.flatMap((x) => [x, x, x]));
    coloured[17]++;
    await sharp(coloured, { raw: { width: 3, height: 2, channels: 3 } }).png()
      .toFile(`${folder}/b.png`);
    await refused(() => set.read(1, 1), /wanted shades of gray/);
  }));

Deno.test("a picture of a different height is refused like one of a different width", () =>
  inFolder(async (folder) => {
    await drawGray(`${folder}/a.png`, 1);
    await sharp(new Uint8Array(9), {
      raw: { width: 3, height: 3, channels: 1 },
    })
      .png().toFile(`${folder}/b.png`);
    const set = await openImageFolder(folder);
    await refused(() => set.read(1, 1), /wanted 3x2 pixels.*found 3x3/);
  }));

Deno.test("transparent pixels are blended with black, in gray and in colour pictures", async () => {
  const decode = async (pixels: number[], channels: 2 | 4) => {
    const png = await sharp(Uint8Array.from(pixels), {
      raw: { width: 2, height: 1, channels },
    }).toColourspace(channels === 2 ? "b-w" : "srgb").png().toBuffer();
    return await decodeImage(new Uint8Array(png), "a.png");
  };
  const gray = await decode([200, 255, 200, 0], 2);
  assertEquals([gray.channels, [...gray.pixels]], [1, [200, 0]]);
  const colours = await decode([10, 20, 30, 255, 10, 20, 30, 0], 4);
  assertEquals([colours.channels, [...colours.pixels]], [
    ...[3, [10, 20, 30, 0, 0, 0]],
  ]);
  assertEquals([colours.height, colours.width], [1, 2]);
});

Deno.test("a picture in an unsupported format is refused, whatever its file name", async () => {
  for (const format of ["webp", "gif", "tiff"] as const) {
    const bytes = await sharp(new Uint8Array(4), {
      raw: { width: 2, height: 2, channels: 1 },
    }).toFormat(format).toBuffer();
    const error = await assertRejects(
      () => decodeImage(new Uint8Array(bytes), "a.png"),
      EvaluationError,
      `it is ${format}`,
    );
    assertEquals(error.cause instanceof Error, true);
  }
});

Deno.test("a file of a few bytes may contain a million pixels, and a larger one 64 pixels per byte", async () => {
  const flat = async (width: number, height: number) =>
    new Uint8Array(
      await sharp(new Uint8Array(width * height), {
        raw: { width, height, channels: 1 },
      }).png().toBuffer(),
    );
  const { width, height } = await decodeImage(await flat(1024, 1024), "a.png");
  assertEquals([width, height], [1024, 1024]);
  await refused(
    async () => await decodeImage(await flat(1024, 1025), "a.png"),
    /too few for the 1024 x 1025 pixels/,
  );
  const stream = randomStream(1, "noise");
  const noise = Uint8Array.from(
    { length: 1100 * 1100 },
    () => stream.integer(256),
  );
  const png = await sharp(noise, {
    raw: { width: 1100, height: 1100, channels: 1 },
  })
    .toColourspace("b-w").png({ compressionLevel: 1 }).toBuffer();
  assertEquals((await decodeImage(new Uint8Array(png), "a.png")).pixels, noise);
});

async function refused(
  act: () => Promise<unknown>,
  message: RegExp,
): Promise<void> {
  assertMatch((await assertRejects(act, EvaluationError)).message, message);
}

async function drawGray(
  path: string,
  shade: number,
  width = 3,
): Promise<void> {
  const raw = { width, height: 2, channels: 1 } as const;
  const image = sharp(new Uint8Array(width * 2).fill(shade), { raw })
    .toColourspace("b-w");
  await (path.endsWith(".png") ? image.png() : image.jpeg()).toFile(path);
}

async function inFolder(
  body: (folder: string) => Promise<void>,
): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await body(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}
