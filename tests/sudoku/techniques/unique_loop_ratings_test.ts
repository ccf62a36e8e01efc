/**
 * Tests ratings against the method getDifficulty of UniqueLoopHint in Sukaku Explainer. A loop of
 * four cells is rated 4.5, a loop of six cells 4.6, a loop of eight cells 4.7, and a longer loop
 * 5.0. If a subset is used, then each of its cells outside the loop adds 0.1 to the rating.
 */
import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { maskOf } from "../../../lib/sudoku/board/bits.ts";
import { Board } from "../../../lib/sudoku/board/board.ts";
import { gridOf } from "../../../lib/sudoku/board/grid.ts";
import { uniqueLoop } from "../../../lib/sudoku/techniques/uniqueness/unique_loops.ts";

/**
 * Loops with their ratings. The cells are listed in their order around the loop. Each cell is
 * written as its row and its column, both counted from 1.
 */
const loops: readonly [rating: number, cells: string][] = [
  [4.5, "11 14 24 21"],
  [4.6, "11 14 24 27 37 31"],
  [4.7, "11 14 44 47 57 55 25 21"],
  [5.0, "11 14 44 47 77 78 58 55 25 21"],
];

for (const [rating, text] of loops) {
  const cells = text.split(" ").map((name) => 9 * Number(name[0]) + Number(name[1]) - 10);

  Deno.test(`a loop of ${cells.length} cells with one extra digit is rated ${rating}`, () => {
    const board = boardOf(new Map([[cells[0], [1, 2, 3]]]), cells);
    const [step, ...others] = uniqueLoop.steps(board);
    assertEquals(others, []);
    assertAlmostEquals(step.rating, rating, 1e-9);
    assertEquals(step.technique, cells.length === 4 ? "Unique rectangle" : "Unique loop");
    assertEquals([...step.cells].sort(), [...cells].sort());
    // The cells are listed in the loop's order.
    step.cells.forEach((cell, i) =>
      assert(board.shape.peers[cell].includes(step.cells[(i + 1) % cells.length]))
    );
    assertEquals(step.removals, [{ cell: cells[0], digit: 1 }, { cell: cells[0], digit: 2 }]);
  });

  for (const size of [2, 3, 4]) {
    const wanted = Math.round(10 * rating + size - 1) / 10;
    Deno.test(`a loop of ${cells.length} cells with ${size - 1} other cells in its subset is rated ${wanted}`, () => {
      // In row 1, two cells of the loop have the extra digits 3 and 4. The other cells of the
      // subset are at the end of the row.
      const digits = [3, 4, 5, 6].slice(0, size);
      const kept = new Map([[cells[0], [1, 2, 3]], [cells[1], [1, 2, 4]]]);
      const helpers = [8, 7, 6].slice(0, size - 1);
      for (const cell of helpers) kept.set(cell, digits);
      const board = boardOf(kept, cells, [1]);
      const step = [...uniqueLoop.steps(board)].find(({ reason }) =>
        reason.kind === "unique loop" && reason.type === 3 &&
        reason.helpers.length === size - 1
      );
      assert(step, "none of type 3");
      assertAlmostEquals(step.rating, wanted, 1e-9);
      assert(step.removals.every(({ digit }) => digits.includes(digit)));
    });
  }
}

/**
 * Returns a board with a loop. A cell of the loop has only the candidates 1 and 2, unless `kept`
 * lists different candidates for the cell. No cell outside the loop has 1 or 2 as a candidate,
 * except for cells in `kept` and cells in the rows `open`.
 */
function boardOf(
  kept: ReadonlyMap<number, readonly number[]>,
  loop: readonly number[],
  open: readonly number[] = [],
): Board {
  const board = Board.of(gridOf(9, new Array(81).fill(0)));
  for (let cell = 0; cell < 81; cell++) {
    const digits = kept.get(cell) ?? (loop.includes(cell) ? [1, 2] : undefined);
    // In an open row, some cells outside the loop keep 1 or 2, so neither digit is locked in the
    // cells of the loop.
    const isOpen = open.includes(Math.floor(cell / 9) + 1) && cell % 9 < 6;
    if (digits) board.remove(cell, ~maskOf(digits));
    else if (!isOpen) board.remove(cell, maskOf([1, 2]));
    else board.remove(cell, maskOf([cell % 2 + 1]));
  }
  return board;
}
