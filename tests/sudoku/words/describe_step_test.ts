import { assertEquals } from "@std/assert";
import { maskOf } from "../../../lib/sudoku/board/bits.ts";
import { Board } from "../../../lib/sudoku/board/board.ts";
import { gridOf } from "../../../lib/sudoku/board/grid.ts";
import { describeStep } from "../../../lib/sudoku/words/describe_step.ts";
import type { Technique } from "../../../lib/sudoku/techniques/step.ts";
import { directClaiming } from "../../../lib/sudoku/techniques/locked_candidates.ts";
import { nakedPair } from "../../../lib/sudoku/techniques/naked_subsets.ts";
import { hiddenSingle } from "../../../lib/sudoku/techniques/singles.ts";
import { xyWing } from "../../../lib/sudoku/techniques/three_cell_wings.ts";
import { uniqueLoop } from "../../../lib/sudoku/techniques/uniqueness/unique_loops.ts";

Deno.test("the sentence for a single says where, which digit and which cell", () => {
  const board = boardWith({});
  for (let column = 1; column < 9; column++) board.remove(column, maskOf([4]));
  assertEquals(
    firstSentence(hiddenSingle, board),
    "Hidden single in a line: in row 1, 4 fits nowhere but in r1c1. So r1c1 is 4.",
  );
});

Deno.test("the sentence for a direct step says what remains", () => {
  const board = boardWith({});
  for (const cell of [2, 3, 4, 5, 6, 7, 8]) board.remove(cell, maskOf([5]));
  for (const cell of [10, 11, 12, 13, 14, 16, 17]) {
    board.remove(cell, maskOf([5]));
  }
  assertEquals(
    firstSentence(directClaiming, board),
    "Direct claiming: row 1 has room for 5 only where it crosses box 1, in r1c1 and r1c2. One of these is 5, so the " +
      "rest of box 1 is not. So one place is left for 5 in row 2: r2c7 is 5.",
  );
});

Deno.test("the sentence for a subset names cells, unit, digits and the removed candidates by cell", () => {
  const board = boardWith({
    36: [4, 7],
    37: [1, 4, 5],
    43: [4, 7],
    44: [4, 7, 9],
  });
  for (const cell of [38, 39, 40, 41, 42]) board.remove(cell, maskOf([4, 7]));
  assertEquals(
    firstSentence(nakedPair, board),
    "Naked pair: r5c1 and r5c8 in row 5 can hold only 4 and 7, as many digits as cells, so these digits are used up " +
      "there. So r5c2 is not 4 and r5c9 is not 4 or 7.",
  );
});

Deno.test("the sentence for a wing says that every case ends with the digit in one of the cells", () => {
  const board = boardWith({ 0: [1, 2], 6: [1, 3], 36: [2, 3] });
  assertEquals(
    firstSentence(xyWing, board),
    "XY-wing: whatever r1c1 holds, 3 is in r1c7 or r5c1, so a cell that sees all of these cannot hold it. " +
      "So r5c7 is not 3.",
  );
});

Deno.test("the sentence for a step that relies on a unique solution says so", () => {
  const board = boardWith({ 0: [1, 2], 1: [1, 2], 27: [1, 2], 28: [1, 2, 3] });
  assertEquals(
    firstSentence(uniqueLoop, board).endsWith(
      "So r4c2 is not 1 or 2. (This holds because the puzzle has one solution.)",
    ),
    true,
  );
});

function boardWith(kept: Readonly<Record<number, readonly number[]>>): Board {
  const board = Board.of(gridOf(9, new Array(81).fill(0)));
  for (const [cell, digits] of Object.entries(kept)) {
    board.remove(Number(cell), ~maskOf(digits));
  }
  return board;
}

function firstSentence(technique: Technique, board: Board): string {
  const [step] = technique.steps(board);
  return describeStep(step);
}
