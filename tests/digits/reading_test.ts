/**
 * Tests that the program can read the boards that it draws, both from the drawn files and from
 * simulated photographs.
 */
import { assertEquals, assertMatch, assertRejects, assertStringIncludes } from "@std/assert";
import sharp from "sharp";
import { writeDrawing } from "../../lib/digits/board/board_files.ts";
import { layOutBoard } from "../../lib/digits/board/drawing.ts";
import { type FaceKind, openFaces } from "../../lib/digits/board/face.ts";
import { readDigitIndex, readDigitInks } from "../../lib/digits/digit_files.ts";
import type { DigitTheme } from "../../lib/digits/digit_index.ts";
import { readBoard } from "../../lib/digits/reading/read_board.ts";
import { ReadingError } from "../../lib/digits/reading/reading_error.ts";
import { startEngine } from "../../lib/engine/backend.ts";
import { loadClassifier } from "../../lib/models/classifier_weights.ts";
import { formatLine, generate, parseGrid, type Size } from "../../lib/sudoku/mod.ts";
import { type Photograph, photograph } from "../support/photograph.ts";

await startEngine({ engine: "wasm" });
const classifier = await loadClassifier();
const index = await readDigitIndex();
const sheet = { index, inks: await readDigitInks(index) };

interface Case {
  readonly size: Size;
  readonly theme: DigitTheme;
  readonly kind: FaceKind;
  /** Whether every cell of the board has a digit. */
  readonly full: boolean;
  readonly as: Photograph;
}

/** The boards to read. Every distortion is within the limits that data/README.md states. */
const cases: readonly Case[] = [
  { size: 9, theme: "light", kind: "clear", full: false, as: {} },
  { size: 9, theme: "dark", kind: "clear", full: true, as: {} },
  { size: 6, theme: "dark", kind: "plain", full: true, as: { side: 2000 } },
  { size: 4, theme: "light", kind: "clear", full: false, as: { side: 300 } },
  { size: 9, theme: "light", kind: "plain", full: true, as: { side: 400 } },
  { size: 9, theme: "dark", kind: "clear", full: false, as: { rotation: -9 } },
  { size: 6, theme: "light", kind: "clear", full: true, as: { blur: 3.5 } },
  { size: 9, theme: "light", kind: "clear", full: true, as: { noise: 25, side: 900 } },
  {
    ...{ size: 9, theme: "light", kind: "clear", full: false },
    as: { rotation: 4, blur: 2, noise: 12, shadow: 0.4, side: 1000, quality: 70 },
  },
];

for (const { size, theme, kind, full, as } of cases) {
  const how = Object.entries(as).map(([name, value]) => `${name} ${value}`).join(", ") ||
    "as drawn";
  Deno.test(`readBoard reads a ${full ? "full" : "puzzle's"} board, ${size}x${size}, ${theme}, ${kind}, ${how}`, async () => {
    const { grid, solution } = generate({ level: "easy", seed: how, size });
    const wanted = full ? solution : grid;
    const file = await draw(formatLine(wanted), { kind, theme });
    const reading = await readBoard(classifier, await photograph(file, as));
    assertEquals(formatLine(reading.grid), formatLine(wanted));
    assertEquals(reading.probabilities.length, size * size);
  });
}

Deno.test("readBoard reads every clear picture of the sheet", async () => {
  const rows = ["123456789", "456789123", "789123456"];
  const full = parseGrid(
    [...rows, ...rows.map(turn), ...rows.map((row) => turn(turn(row)))].join(""),
  );
  // A digit has 24 pictures and each row shows one of them, so three seeds show all.
  for (const seed of [1, 2, 3]) {
    const file = await draw(formatLine(full), { kind: "clear", theme: "light", seed });
    assertEquals(formatLine((await readBoard(classifier, file)).grid), formatLine(full));
  }
});

Deno.test("an empty board is read as a grid without digits", async () => {
  const file = await draw(".".repeat(81), {});
  assertEquals(formatLine((await readBoard(classifier, file)).grid), ".".repeat(81));
});

Deno.test("the error names the digits that are not clear enough, and no grid is returned", async () => {
  const file = await draw("1".padEnd(80, ".") + "7", {});
  const error = await assertRejects(
    () => readBoard(classifier, file, { least: 1 + 1e-9 }),
    ReadingError,
  );
  assertMatch(error.message, /unclear ones in r1c1 \(1 or \d\?\), r9c9 \(7 or \d\?\)\.$/);
  const many = await draw("123456789".repeat(9), {});
  const crowded = await assertRejects(
    () => readBoard(classifier, many, { least: 1 + 1e-9 }),
    ReadingError,
  );
  assertMatch(crowded.message, /r1c5 \(5 or \d\?\) and 76 more\.$/);
});

Deno.test("a file that is not a picture, or not a picture of a board, is rejected", async () => {
  const paint = (svg: string, side: number) =>
    sharp(new TextEncoder().encode(
      `<svg xmlns="http://www.w3.org/2000/svg" width="${side}" height="${side}">` +
        `<rect width="100%" height="100%" fill="white"/>${svg}</svg>`,
    )).png().toBuffer();
  const square = '<path d="M50 50H550V550H50Z" fill="none" stroke="black" stroke-width="6"/>';
  const refusals: [file: Uint8Array, says: string][] = [
    [new TextEncoder().encode("no picture"), "wanted a picture, found"],
    [new Uint8Array(), "wanted a picture, found"],
    [await paint("", 100), "at least 120 x 120 pixels, found 100 x 100"],
    [await paint("", 600), "wanted a square of lines"],
    [await paint('<circle cx="300" cy="300" r="20"/>', 600), "wanted a square of lines"],
    [await paint(square, 600), "wanted the lines of 4, 6, 9 rows"],
  ];
  for (const [file, says] of refusals) {
    const error = await assertRejects(() => readBoard(classifier, file), ReadingError);
    assertStringIncludes(error.message, says);
  }
});

async function draw(
  line: string,
  { kind = "clear", theme = "light", seed = 1 }: {
    readonly kind?: FaceKind;
    readonly theme?: DigitTheme;
    readonly seed?: number;
  },
): Promise<Uint8Array> {
  const faceOf = await openFaces(sheet, { kind, theme, seed });
  return await writeDrawing(layOutBoard(parseGrid(line), { theme, faceOf }), "png");
}

/**
 * Moves each digit of a row one place to the left within its box. The first digit of a box becomes
 * the last digit of the box.
 */
function turn(row: string): string {
  return row.slice(1, 3) + row.slice(0, 1) + row.slice(4, 6) + row.slice(3, 4) + row.slice(7) +
    row.slice(6, 7);
}
