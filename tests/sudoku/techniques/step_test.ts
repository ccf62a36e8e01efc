import { assertEquals } from "@std/assert";
import { maskOf } from "../../../lib/sudoku/board/bits.ts";
import { Board } from "../../../lib/sudoku/board/board.ts";
import { gridOf } from "../../../lib/sudoku/board/grid.ts";
import { nextStep } from "../../../lib/sudoku/techniques/find_steps.ts";
import { lastInUnit } from "../../../lib/sudoku/techniques/singles.ts";
import { applyStep, type Step } from "../../../lib/sudoku/techniques/step.ts";

const empty = () => Board.of(gridOf(4, new Array(16).fill(0)));
const step: Step = nextStep(Board.of(gridOf(4, [1, 2, 3, 0, ...new Array(12).fill(0)])))!;

Deno.test("a step removes its candidates and writes its digits, and reports whether anything changed", () => {
  const cases: [change: Partial<Step>, cell: number, digits: number[], value: number][] = [
    [{ removals: [{ cell: 5, digit: 4 }] }, 5, [1, 2, 3], 0],
    [{ removals: [{ cell: 5, digit: 1 }, { cell: 5, digit: 3 }] }, 5, [2, 4], 0],
    [{ placements: [{ cell: 5, digit: 4 }] }, 5, [], 4],
    [{ placements: [{ cell: 5, digit: 1 }] }, 6, [2, 3, 4], 0],
  ];
  for (const [change, cell, digits, value] of cases) {
    const board = empty();
    const changing = { ...step, placements: [], removals: [], ...change };
    assertEquals(applyStep(board, changing), true);
    assertEquals([board.candidates[cell], board.values[cell]], [maskOf(digits), value]);
    const after = board.copy();
    assertEquals(applyStep(board, changing), false);
    assertEquals([board.candidates, board.values], [after.candidates, after.values]);
  }
});

Deno.test("a step that is already partly applied makes the remaining changes", () => {
  const board = empty();
  board.remove(5, maskOf([1]));
  const removals = [{ cell: 5, digit: 2 }, { cell: 5, digit: 1 }];
  assertEquals(applyStep(board, { ...step, placements: [], removals }), true);
  assertEquals(board.candidates[5], maskOf([3, 4]));
  // The digit is no longer a candidate of the cell.
  const placements = [{ cell: 5, digit: 1 }];
  assertEquals(applyStep(board, { ...step, placements, removals: [] }), false);
  assertEquals(board.values[5], 0);
});

Deno.test("the last cell of a unit gets no digit if it has no candidate left", () => {
  const wrong = gridOf(4, [1, 2, 3, 0, 0, 0, 0, 4, ...new Array(8).fill(0)]);
  assertEquals([...lastInUnit.steps(Board.of(wrong))], []);
});
