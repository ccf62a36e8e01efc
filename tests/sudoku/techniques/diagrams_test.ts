/**
 * Tests techniques on textbook diagrams. A diagram is an empty board on which only the candidates
 * that would prevent the pattern have been removed.
 */
import { assert, assertEquals } from "@std/assert";
import { maskOf } from "../../../lib/sudoku/board/bits.ts";
import { Board } from "../../../lib/sudoku/board/board.ts";
import { gridOf } from "../../../lib/sudoku/board/grid.ts";
import { cellName, shapeOf } from "../../../lib/sudoku/board/shape.ts";
import type { Step, Technique } from "../../../lib/sudoku/techniques/step.ts";
import { alignedPairExclusion } from "../../../lib/sudoku/techniques/aligned_exclusion.ts";
import { xWing } from "../../../lib/sudoku/techniques/fish.ts";
import { hiddenQuad } from "../../../lib/sudoku/techniques/hidden_subsets.ts";
import { directClaiming } from "../../../lib/sudoku/techniques/locked_candidates.ts";
import { nakedPair } from "../../../lib/sudoku/techniques/naked_subsets.ts";
import { turbotFish } from "../../../lib/sudoku/techniques/strong_links.ts";
import { xyWing, xyzWing } from "../../../lib/sudoku/techniques/three_cell_wings.ts";
import { uniqueLoop } from "../../../lib/sudoku/techniques/uniqueness/unique_loops.ts";

const shape = shapeOf(9);

Deno.test("direct claiming: row 1 has its 5 in box 1, which leaves one place in row 2", () => {
  const board = emptyBoard();
  keepInRow(board, 1, 5, [1, 2]);
  keepInRow(board, 2, 5, [1, 7]);
  assertEquals(effects(directClaiming, board), ["r2c7=5"]);
});

Deno.test("naked pair: two cells of a row with 4 and 7", () => {
  const board = emptyBoard();
  keepInCells(board, { r5c1: [4, 7], r5c8: [4, 7] });
  const rest = [2, 3, 4, 5, 6, 7, 9].flatMap((
    c,
  ) => [`r5c${c}<>4`, `r5c${c}<>7`]);
  assertEquals(effects(nakedPair, board), rest);
});

Deno.test("X-wing: rows 2 and 6 have 7 in columns 3 and 8", () => {
  const board = emptyBoard();
  keepInRow(board, 2, 7, [3, 8]);
  keepInRow(board, 6, 7, [3, 8]);
  const rest = [1, 3, 4, 5, 7, 8, 9].flatMap((
    row,
  ) => [`r${row}c3<>7`, `r${row}c8<>7`]);
  assertEquals(effects(xWing, board), rest);
});

Deno.test("skyscraper: rows 2 and 7 have 4 in column 2 and in one other column each", () => {
  const board = emptyBoard();
  keepInRow(board, 2, 4, [2, 4]);
  keepInRow(board, 7, 4, [2, 5]);
  const steps = [...turbotFish.steps(board)];
  assertEquals([steps[0].technique, steps[0].rating], ["Skyscraper", 4.0]);
  assertEquals(namesOf(steps[0]), ["r1c5<>4", "r3c5<>4", "r8c4<>4", "r9c4<>4"]);
});

Deno.test("XY-wing: with pivot 12 and pincers 13 and 23, cells that see both pincers lose 3", () => {
  const board = emptyBoard();
  keepInCells(board, { r1c1: [1, 2], r1c7: [1, 3], r5c1: [2, 3] });
  assertEquals(effects(xyWing, board), ["r5c7<>3"]);
});

Deno.test("XYZ-wing: with pivot 123 and pincers 13 and 23, cells that see all three lose 3", () => {
  const board = emptyBoard();
  keepInCells(board, { r1c1: [1, 2, 3], r1c7: [1, 3], r2c3: [2, 3] });
  assertEquals(effects(xyzWing, board), ["r1c2<>3", "r1c3<>3"]);
});

Deno.test("hidden quad: row 1 has 1 to 4 in its first four cells only", () => {
  const board = emptyBoard();
  for (const digit of [1, 2, 3, 4]) keepInRow(board, 1, digit, [1, 2, 3, 4]);
  const rest = [1, 2, 3, 4].flatMap((column) =>
    [5, 6, 7, 8, 9].map((digit) => `r1c${column}<>${digit}`)
  );
  assertEquals(effects(hiddenQuad, board), rest);
});

Deno.test("aligned pair exclusion: with 1 in r1c1, each digit of its partner would leave a cell empty", () => {
  const board = emptyBoard();
  keepInCells(board, {
    r1c1: [1, 5],
    r2c2: [2, 5],
    r3c1: [1, 2],
    r3c3: [1, 5],
  });
  const pair = [...alignedPairExclusion.steps(board)]
    .find(({ cells }) => `${cells.map((cell) => cellName(shape, cell))}` === "r1c1,r2c2");
  assert(pair);
  assert(namesOf(pair).includes("r1c1<>1"));
});

Deno.test("unique rectangle type 1: one corner has other candidates", () => {
  const board = rectangle({ r4c2: [1, 2, 3] });
  assertEquals(effects(uniqueLoop, board), ["r4c2<>1", "r4c2<>2"]);
});

Deno.test("unique rectangle type 2: two corners share one other candidate", () => {
  const board = rectangle({ r4c1: [1, 2, 3], r4c2: [1, 2, 3] });
  const inRow = [3, 4, 5, 6, 7, 8, 9].map((column) => `r4c${column}<>3`);
  const inBox = [5, 6].flatMap((row) => [1, 2, 3].map((column) => `r${row}c${column}<>3`));
  assertEquals(effects(uniqueLoop, board), [...inRow, ...inBox]);
});

Deno.test("unique rectangle type 3: two corners make a naked pair with a third cell", () => {
  const board = rectangle({ r4c1: [1, 2, 3], r4c2: [1, 2, 4], r4c9: [3, 4] });
  const rest = [3, 4, 5, 6, 7, 8].flatMap((
    column,
  ) => [`r4c${column}<>3`, `r4c${column}<>4`]);
  assertEquals(effects(uniqueLoop, board), rest);
});

Deno.test("unique rectangle type 4: row 4 has 1 in the two corners only", () => {
  const board = rectangle({ r4c1: [1, 2, 3], r4c2: [1, 2, 4] });
  keepInRow(board, 4, 1, [1, 2]);
  assertEquals(effects(uniqueLoop, board), ["r4c1<>2", "r4c2<>2"]);
});

Deno.test("steps of techniques that rely on a unique solution are marked", () => {
  for (const step of uniqueLoop.steps(rectangle({ r4c2: [1, 2, 3] }))) {
    assert(step.presumesUniqueness);
  }
});

function emptyBoard(): Board {
  return Board.of(gridOf(9, new Array(81).fill(0)));
}

/**
 * Returns a board with a rectangle of four cells in two boxes. A cell of the rectangle has only the
 * candidates 1 and 2, unless `others` lists different candidates for the cell.
 */
function rectangle(others: Readonly<Record<string, readonly number[]>>): Board {
  const board = emptyBoard();
  const plain = { r1c1: [1, 2], r1c2: [1, 2], r4c1: [1, 2], r4c2: [1, 2] };
  keepInCells(board, { ...plain, ...others });
  return board;
}

function keepInCells(
  board: Board,
  kept: Readonly<Record<string, readonly number[]>>,
): void {
  for (const [name, digits] of Object.entries(kept)) {
    const [row, column] = name.slice(1).split("c").map(Number);
    board.remove((row - 1) * 9 + column - 1, ~maskOf(digits));
  }
}

function keepInRow(
  board: Board,
  row: number,
  digit: number,
  columns: readonly number[],
): void {
  for (let column = 1; column <= 9; column++) {
    if (columns.includes(column)) continue;
    board.remove((row - 1) * 9 + column - 1, maskOf([digit]));
  }
}

function effects(technique: Technique, board: Board): readonly string[] {
  const [step] = technique.steps(board);
  assert(step, `no ${technique.name} found`);
  return namesOf(step);
}

function namesOf({ placements, removals }: Step): readonly string[] {
  return [
    ...placements.map(({ cell, digit }) => `${cellName(shape, cell)}=${digit}`),
    ...removals.map(({ cell, digit }) => `${cellName(shape, cell)}<>${digit}`),
  ].sort();
}
