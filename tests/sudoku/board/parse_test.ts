import { assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import fc from "fast-check";
import { formatDrawing, formatLine, formatNotes } from "../../../lib/sudoku/board/format.ts";
import { GridError, gridOf } from "../../../lib/sudoku/board/grid.ts";
import { parseGrid, parseNotedGrid } from "../../../lib/sudoku/board/parse.ts";
import { sizes } from "../../../lib/sudoku/board/shape.ts";

const line = "4.....8.5.3..........7......2.....6.....8.4......1.......6.3.7.5..2.....1.4......";

/** Generates grids of any size. They may break the rules of Sudoku. */
const anyGrid = fc.constantFrom(...sizes).chain((size) =>
  fc.array(fc.integer({ min: 0, max: size }), {
    minLength: size * size,
    maxLength: size * size,
  }).map((values) => gridOf(size, values))
);

Deno.test("parseGrid reads the same grid from every format", () => {
  const rows = line.match(/.{9}/g)!;
  const forms = {
    zeros: line.replaceAll(".", "0"),
    stars: line.replaceAll(".", "*"),
    underscores: line.replaceAll(".", "_"),
    "nine lines": rows.join("\n"),
    "lines of Windows, indented": rows.map((row) => `  ${row}\r\n`).join(""),
    spaced: [...line].join(" "),
    "bars and rules": formatDrawing(parseGrid(line)),
    "bars without spaces": formatDrawing(parseGrid(line)).replaceAll(" ", ""),
    "frame with corners": [
      ".-----------------.",
      ...rows.map((row) => `|${row}|`),
      "'-----------------'",
    ].join("\n"),
    "drawn lines": rows.map((row) => `│ ${row.replace(/.{3}/g, "$& ┃")}`)
      .join("\n━━━╋━━━\n"),
  };
  for (const [form, text] of Object.entries(forms)) {
    assertEquals(formatLine(parseGrid(text)), line, form);
  }
});

Deno.test("any grid survives being written and read, both on one line and as a drawing", () => {
  fc.assert(fc.property(anyGrid, fc.constantFrom(...".0*_?x"), (grid, sign) => {
    assertEquals(parseGrid(formatLine(grid, sign)), grid);
    assertEquals(parseGrid(formatDrawing(grid)), grid);
  }));
});

Deno.test("a grid with notes survives being written and read", () => {
  const notes = fc.uint16Array({ minLength: 81, maxLength: 81 });
  fc.assert(fc.property(anyGrid, notes, (grid, masks) => {
    // A cell with only one note would be read as a digit.
    const { size } = grid.shape;
    const kept = Uint16Array.from(
      grid.values,
      (value, cell) => value ? 0 : masks[cell] & (1 << size) - 1 | 0b1001,
    );
    const read = parseNotedGrid(formatNotes(grid, kept));
    assertEquals(read.grid, grid);
    const isNoted = kept.some((mask) => mask !== 0);
    assertEquals(read.notes, isNoted ? kept : undefined);
  }));
});

Deno.test("several digits in a cell are read as notes, and a single one as the cell's digit", () => {
  const cells = Array(81).fill("123456789");
  cells[40] = "....5....";
  cells[41] = "1.3......";
  const { grid, notes } = parseNotedGrid(cells.join(""));
  assertEquals([grid.values[40], grid.values[41]], [5, 0]);
  assertEquals([notes![0], notes![40], notes![41]], [0x1ff, 0, 0b101]);
});

Deno.test("a stray character is reported with its row and column", () => {
  const error = assertThrows(
    () => parseGrid(line.slice(0, 20) + "#" + line.slice(21)),
    GridError,
  );
  assertStringIncludes(error.message, '"#" in row 3, column 3 (r3c3)');
  const tall = assertThrows(() => parseGrid("1..5............"), GridError);
  assertStringIncludes(tall.message, '"5" in row 1, column 4 (r1c4)');
});

Deno.test("a grid with the wrong number of cells is rejected", () => {
  const error = assertThrows(() => parseGrid(line + "1"), GridError);
  assertStringIncludes(error.message, "wanted 16, 36 or 81 cells, found 82");
  assertThrows(() => parseGrid(""), GridError, "found 0");
  assertThrows(() => parseGrid("hello"), GridError, '"h", "e", "l", "o"');
});

Deno.test("the parser either reads a string as a grid or rejects it", () => {
  const signs = fc.constantFrom(...".0123456789*_?xX|+-=\n\r\t {}'#é💥");
  const texts = [
    fc.string({ unit: signs, maxLength: 200 }),
    fc.string({ unit: "binary", maxLength: 90 }),
    ...[16, 36, 64, 81, 216, 729].map((length) =>
      fc.string({ unit: signs, minLength: length, maxLength: length })
    ),
  ];
  fc.assert(
    fc.property(fc.oneof(...texts), (text) => {
      try {
        const { grid } = parseNotedGrid(text);
        assertEquals(parseGrid(formatLine(grid)), grid);
      } catch (error) {
        if (!(error instanceof GridError)) throw error;
      }
    }),
    { numRuns: 500 },
  );
});
