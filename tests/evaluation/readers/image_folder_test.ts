import { assertEquals, assertMatch, assertRejects } from "@std/assert";
import sharp from "sharp";
import { EvaluationError } from "../../../lib/evaluation/evaluation_error.ts";
import { openImageFolder } from "../../../lib/evaluation/readers/image_folder.ts";

Deno.test("pictures of a folder are read in the order of their names, gray ones gray", () =>
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

Deno.test("a coloured first picture makes all coloured", () =>
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

Deno.test("a folder without pictures, another size and a broken file are refused by name", () =>
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
