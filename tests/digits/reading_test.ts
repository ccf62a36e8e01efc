/**
 * Tests that the project's own boards can be read, both as files and as photographs. Other images
 * must be rejected.
 */
import {
  assert,
  assertEquals,
  assertMatch,
  assertRejects,
  assertStringIncludes,
} from "@std/assert";
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
import { isNightly } from "../support/nightly.ts";
import { type Photograph, photograph } from "../support/photograph.ts";

await startEngine({ engine: "wasm" });
const classifier = await loadClassifier();
const index = await readDigitIndex();
const sheet = { index, inks: await readDigitInks(index) };

interface Drawn {
  readonly size: Size;
  readonly theme: DigitTheme;
  readonly kind: FaceKind;
  /** Whether every cell of the board has a digit. */
  readonly full: boolean;
}

const boards: readonly Drawn[] = [
  { size: 9, theme: "dark", kind: "clear", full: true },
  { size: 9, theme: "light", kind: "clear", full: false },
  { size: 9, theme: "light", kind: "plain", full: true },
  { size: 6, theme: "dark", kind: "plain", full: true },
  { size: 6, theme: "light", kind: "clear", full: true },
  { size: 4, theme: "light", kind: "clear", full: false },
  { size: 4, theme: "dark", kind: "plain", full: true },
];

/**
 * The limits stated in data/README.md, quoted word for word. The blur is given here as a fraction
 * of a cell, although a `Photograph` normally gives it in pixels.
 */
const limits: readonly [words: string, as: Photograph][] = [
  ["It reads each of them", {}],
  ["at any size from 250", { side: 250 }],
  ["to 2,500 pixels", { side: 2500 }],
  ["turned by up to 20 degrees", { rotation: 20 }],
  ["in either direction", { rotation: -20 }],
  ["with a blur of up to 2.5 % of a cell", { blur: 0.025 }],
  ["with noise of up to 50 of 255 shades", { noise: 50 }],
  ["with a shadow that takes half of the light", { shadow: 0.5 }],
  [
    "with half of all these at 1,000 pixels as a JPEG of quality 70",
    { rotation: 10, blur: 0.0125, noise: 25, shadow: 0.25, side: 1000, quality: 70 },
  ],
];

const readme = (await Deno.readTextFile(new URL("../../data/README.md", import.meta.url)))
  .replaceAll(/\s+/g, " ");

limits.forEach(([words, as], i) => {
  // Boards of 9x9 have the smallest digits, so one of them is read at each limit.
  const chosen = isNightly ? boards : [...new Set([boards[i % 3], boards[i % boards.length]])];
  for (const board of chosen) {
    const { size, theme, kind, full } = board;
    const name = `${full ? "full" : "puzzle's"} board, ${size}x${size}, ${theme}, ${kind}`;
    Deno.test(`readBoard reads a ${name}: ${words}`, async () => {
      assertStringIncludes(readme, words);
      const { wanted, file } = await drawn(board);
      const reading = await readBoard(classifier, await photograph(file, pixelsOf(as, size)));
      assertEquals(formatLine(reading.grid), wanted);
      assertEquals(reading.probabilities.length, size * size);
    });
  }
});

Deno.test("readBoard refuses a picture that is too far out of focus", async () => {
  assertStringIncludes(
    readme,
    "With a blur of 3 %, it refuses at least one of them and says what it has not found. " +
      "With a blur of 3.3 %, it also refuses one of which it still finds the lines, and says " +
      "what is unclear.",
  );
  const cases = [
    [0.03, boards[0], "wanted the lines of 4, 6, 9 rows and columns, found none of these"],
    [0.033, boards[1], "wanted clear digits, found unclear ones in r"],
  ] as const;
  for (const [blur, board, message] of cases) {
    const { file } = await drawn(board);
    const blurred = await photograph(file, pixelsOf({ blur }, board.size));
    const error = await assertRejects(() => readBoard(classifier, blurred), ReadingError);
    assertStringIncludes(error.message, message);
  }
});

Deno.test("readBoard does not misread raw digits: it reads them or refuses the board", async () => {
  const line = ".1.2.3.4.5.6.7.8.9".padEnd(81, ".");
  for (const seed of [1, 2]) {
    const file = await draw(line, { kind: "raw", seed });
    const read = await readBoard(classifier, file).then(({ grid }) => formatLine(grid), (error) => {
      if (error instanceof ReadingError) return "refused";
      throw error;
    });
    assert([line, "refused"].includes(read), read);
  }
});

/** Draws an easy puzzle or its solution. */
async function drawn({ size, theme, kind, full }: Drawn) {
  const { grid, solution } = generate({ level: "easy", seed: "limits", size });
  const wanted = formatLine(full ? solution : grid);
  return { wanted, file: await draw(wanted, { kind, theme }) };
}

/** Returns the blur in pixels. A board's margins together are .9 of a cell wide. */
function pixelsOf(as: Photograph, size: Size): Photograph {
  const { blur = 0, side = 1400 } = as;
  return { ...as, blur: blur * side / (size + 0.9) };
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
