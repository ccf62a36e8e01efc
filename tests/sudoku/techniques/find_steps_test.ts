import { assert, assertEquals } from "@std/assert";
import { maskOf } from "../../../lib/sudoku/board/bits.ts";
import { Board } from "../../../lib/sudoku/board/board.ts";
import { explain, nextStep } from "../../../lib/sudoku/techniques/find_steps.ts";
import { type Grid, gridOf } from "../../../lib/sudoku/board/grid.ts";
import { solve } from "../../../lib/sudoku/solver/solve.ts";
import { applyStep } from "../../../lib/sudoku/techniques/step.ts";
import { requiring } from "../../support/skip.ts";
import { type PuzzleList, puzzleLists, ratedPuzzles } from "../../support/sudoku_lists.ts";
import { isNightly } from "../../support/nightly.ts";
import { minimalPuzzle } from "../../support/sudoku_puzzles.ts";

for (const { name, requires, puzzles } of allPuzzles()) {
  Deno.test(requiring(
    requires,
    `${name}: every step agrees with the solution`,
    () => {
      for (const grid of puzzles()) {
        const { values } = solutionOf(grid);
        for (const step of explain(grid)) {
          for (const { cell, digit } of step.placements) {
            assertEquals(digit, values[cell], step.technique);
          }
          for (const { cell, digit } of step.removals) {
            assert(digit !== values[cell], step.technique);
          }
        }
      }
    },
  ));
}

Deno.test("each step on the explained path changes the board", () => {
  for (const { grid } of ratedPuzzles().slice(0, 40)) {
    const board = Board.of(grid);
    for (const step of explain(grid)) {
      const before = board.copy();
      applyStep(board, step);
      assert(
        board.candidates.some((mask, cell) => mask !== before.candidates[cell]),
      );
    }
  }
});

Deno.test("the explained path finishes every puzzle rated below Nishio", () => {
  for (const { grid, rating } of ratedPuzzles()) {
    if (rating < 7.5) assertEquals(finish(grid), solutionOf(grid).values);
  }
});

Deno.test("paths on boards of size 4 and 6 end in the solution", () => {
  for (const size of [4, 6] as const) {
    for (let seed = 100; seed < 120; seed++) {
      const grid = minimalPuzzle(size, seed);
      assertEquals(finish(grid), solutionOf(grid).values);
    }
  }
});

Deno.test("no step above the limit is explained", () => {
  const [{ grid }] = ratedPuzzles().filter(({ rating }) => rating > 6);
  const steps = explain(grid, { atMost: 3 });
  assert(steps.length > 0);
  assert(steps.every(({ rating }) => rating < 3.05));
});

Deno.test("findSteps starts from the player's notes", () => {
  const grid = gridOf(4, new Array(16).fill(0));
  const notes = new Array<number>(16).fill(0b1111);
  notes[5] = maskOf([3]);
  const step = nextStep(Board.withNotes(grid, notes));
  assertEquals([step?.technique, step?.placements], [
    "Naked single",
    [{ cell: 5, digit: 3 }],
  ]);
});

Deno.test("a full board has no next step", () => {
  const full = gridOf(4, [1, 2, 3, 4, 3, 4, 1, 2, 2, 1, 4, 3, 4, 3, 2, 1]);
  assertEquals(nextStep(Board.of(full)), undefined);
  assertEquals(explain(full), []);
});

function allPuzzles(): readonly PuzzleList[] {
  const small = [4, 6, 9] as const;
  const made = {
    name: "puzzles made here",
    requires: true,
    puzzles: () =>
      Array.from(
        { length: isNightly ? 1500 : 60 },
        (_, seed) => minimalPuzzle(small[seed % 3], seed),
      ),
  } as const;
  return [...puzzleLists(isNightly ? 2000 : 100), made];
}

function finish(grid: Grid): Uint8Array {
  const board = Board.of(grid);
  for (const step of explain(grid)) applyStep(board, step);
  return board.values;
}

function solutionOf(grid: Grid): Grid {
  const outcome = solve(grid);
  assert(outcome.kind === "one");
  return outcome.solution;
}
