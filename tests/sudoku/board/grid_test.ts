import { assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import {
  countClues,
  findConflict,
  GridError,
  gridOf,
  isFull,
  validateGrid,
} from "../../../lib/sudoku/board/grid.ts";
import { parseGrid } from "../../../lib/sudoku/board/parse.ts";

const empty = ".".repeat(81);

function gridWith(...digits: [cell: number, digit: number][]) {
  const signs = [...empty];
  for (const [cell, digit] of digits) signs[cell] = String(digit);
  return parseGrid(signs.join(""));
}

Deno.test("a conflict is reported with its unit and both cells", () => {
  const cases = [
    [gridWith([9, 5], [16, 5]), "5 twice in row 2: r2c1 and r2c8"],
    [gridWith([3, 7], [75, 7]), "7 twice in column 4: r1c4 and r9c4"],
    [gridWith([30, 1], [50, 1]), "1 twice in box 5: r4c4 and r6c6"],
  ] as const;
  for (const [grid, words] of cases) {
    const error = assertThrows(() => validateGrid(grid), GridError);
    assertStringIncludes(error.message, words);
  }
});

Deno.test("a grid without a conflict is valid, full or not", () => {
  for (const text of [empty, "1234341221434321"]) {
    assertEquals(findConflict(parseGrid(text)), undefined);
    validateGrid(parseGrid(text));
  }
});

Deno.test("clues are counted, and a grid without an empty cell is full", () => {
  assertEquals(countClues(gridWith([0, 1], [80, 9])), 2);
  assertEquals(isFull(gridWith([0, 1])), false);
  assertEquals(isFull(parseGrid("1234341221434321")), true);
});

Deno.test("a wrong number of cells, or a digit too large for the board, is rejected with details", () => {
  const short = assertThrows(() => gridOf(9, [1, 2]), GridError);
  assertStringIncludes(short.message, "81 cells; found 2");
  const tall = assertThrows(
    () => gridOf(4, [0, 0, 0, 0, 0, 5, ...Array(10).fill(0)]),
    GridError,
  );
  assertStringIncludes(tall.message, "found 5 in r2c2");
});
