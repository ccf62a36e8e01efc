import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { Board } from "../../../lib/sudoku/board/board.ts";
import { explain } from "../../../lib/sudoku/techniques/find_steps.ts";
import { type Grid, gridOf } from "../../../lib/sudoku/board/grid.ts";
import { levelOf, rate } from "../../../lib/sudoku/rating/rate.ts";
import type { Size } from "../../../lib/sudoku/board/shape.ts";
import { placeSingles, singleName } from "../../../lib/sudoku/rating/place_singles.ts";
import { solveExactCover } from "../../support/exact_cover.ts";
import { minimalPuzzle } from "../../support/sudoku_puzzles.ts";

/** Puzzles of sizes 4 and 6, which do not take long to solve step by step. */
const puzzles: readonly Grid[] = ([4, 6] as const).flatMap((size) =>
  Array.from({ length: 40 }, (_, seed) => minimalPuzzle(size, seed))
);

Deno.test("a rating is that of the hardest step, whether singles are placed in bulk or one by one", () => {
  const seen = new Set<string>();
  for (const grid of puzzles) {
    const steps = explain(grid);
    const most = Math.max(...steps.map(({ rating }) => rating));
    const found = rate(grid);
    assertEquals(found.solved, true);
    assertAlmostEquals(found.rating, most, 1e-9);
    assertEquals(found.level, levelOf(most));
    const names = steps.filter(({ rating }) => Math.abs(rating - most) < .05)
      .map(({ technique }) => technique);
    assert(names.includes(found.hardest!), `${found.hardest}: ${names}`);
    seen.add(found.hardest!);
  }
  assert(seen.has("Hidden single in a box"), [...seen].join());
  assert(seen.has("Hidden single in a line"), [...seen].join());
});

Deno.test("no technique above the limit is used, and placed digits are counted", () => {
  for (const grid of puzzles) {
    const solution = solutionOf(grid);
    for (const atMost of [.9, 1, 1.1, 1.2, 1.4, 1.5, 2.2, 2.3]) {
      const board = Board.of(grid);
      const before = board.empty;
      const { rating, placed } = placeSingles(board, 0, atMost);
      assert(rating <= atMost);
      assertEquals(placed, before - board.empty);
      board.values.forEach((value, cell) => assert(value === 0 || value === solution[cell]));
      if (placed === 0) assertEquals(rating, 0);
      else assert(rating >= 1);
    }
  }
});

Deno.test("harder singles are used only if easier ones are not enough", () => {
  for (const grid of puzzles) {
    const [boxes, lines] = [1.2, 1.5].map((atMost) => {
      const board = Board.of(grid);
      return { rating: placeSingles(board, 0, atMost).rating, board };
    });
    if (boxes.board.empty === 0) assertEquals(lines.rating, boxes.rating);
    const naked = Board.of(grid);
    const { rating } = placeSingles(naked, 2.3, 2.3);
    assertEquals(rating, 2.3);
    assert(naked.empty <= lines.board.empty);
  }
});

Deno.test("placing singles in bulk fills an easy puzzle with the techniques that it needs", () => {
  const ratings = new Set<number>();
  for (const grid of puzzles) {
    const most = Math.max(...explain(grid).map(({ rating }) => rating));
    if (most > 1.5) continue;
    ratings.add(most);
    const board = Board.of(grid);
    const { placed, rating } = placeSingles(board, 0, most);
    assertEquals([board.empty, placed], [0, Board.of(grid).empty]);
    assertAlmostEquals(rating, most, 1e-9);
    const limited = Board.of(grid);
    placeSingles(limited, 0, most - .1);
    assert(limited.empty > 0);
  }
  assertEquals([...ratings].sort(), [1.2, 1.5]);
});

Deno.test("naked singles are placed only once the rating has reached 2.3", () => {
  // The first cell sees the digits 1 to 8, so its only candidate is 9. However, 9 is also possible
  // elsewhere in the cell's row, column and box, so it is not a hidden single.
  const values = new Uint8Array(81);
  [1, 2, 3, 4, 5].forEach((digit, i) => values[3 + i] = digit);
  [6, 7, 8].forEach((digit, i) => values[27 + 9 * i] = digit);
  for (const [free, placed] of [[0, 0], [2.2, 0], [2.3, 9], [3, 9]]) {
    const board = Board.of(gridOf(9, values));
    const { rating } = placeSingles(board, free, 11);
    assertEquals([board.values[0], rating >= free], [placed, true]);
  }
});

Deno.test("the last cell of a unit is rated 1.0, a hidden single in a box 1.2, in a line 1.5", () => {
  assertEquals([1, 1.1, 1.2, 1.4, 1.5, 2.3].map(singleName), [
    "Last in unit",
    "Last in unit",
    "Hidden single in a box",
    "Hidden single in a box",
    "Hidden single in a line",
    "Hidden single in a line",
  ]);
  for (const size of [4, 6, 9] as const) {
    const solution = solutionOf(minimalPuzzle(size, 1));
    const without = (cells: readonly number[]) =>
      rate(gridOf(size, solution.map((v, i) => cells.includes(i) ? 0 : v)));
    const found = without([size + 1]);
    assertEquals([found.rating, found.hardest, found.steps], [
      ...[1, "Last in unit", 1],
    ]);
    assertEquals(without([]), {
      ...{ solved: true, rating: 0, level: "easy", hardest: undefined },
      steps: 0,
    });
  }
});

Deno.test("a grid that stays incomplete has no level", () => {
  const open: Size = 4;
  const found = rate(gridOf(open, new Uint8Array(16)));
  assertEquals([found.solved, found.level], [false, undefined]);
});

function solutionOf({ shape, values }: Grid): Uint8Array {
  const { size, boxHeight, boxWidth } = shape;
  return solveExactCover({ size, boxHeight, boxWidth, values }, 1)[0];
}
