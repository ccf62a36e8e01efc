import { assert, assertAlmostEquals, assertEquals, assertGreater } from "@std/assert";
import { Board } from "../../../lib/sudoku/board/board.ts";
import { placeSingles } from "../../../lib/sudoku/rating/place_singles.ts";
import { levelOf, levels, rate } from "../../../lib/sudoku/rating/rate.ts";
import { solve } from "../../../lib/sudoku/solver/solve.ts";
import { explain } from "../../../lib/sudoku/techniques/find_steps.ts";
import { minimalPuzzle } from "../../support/sudoku_puzzles.ts";

const puzzles = Array.from({ length: 30 }, (_, seed) => minimalPuzzle(9, seed))
  .filter((grid) => rate(grid, { atMost: 4.5 }).solved);

Deno.test("each level covers its range of ratings", () => {
  const bounds = [1.0, 1.5, 1.7, 2.5, 2.6, 4.0, 4.1, 6.9, 7.0, 11.9];
  const names = ["easy", "medium", "hard", "expert", "extreme"];
  assertEquals(
    bounds.map(levelOf),
    names.flatMap((name) => [name, name]) as ReturnType<typeof levelOf>[],
  );
  assertEquals(levels.map(({ upTo }) => upTo), [1.5, 2.5, 4.0, 6.9, Infinity]);
});

Deno.test("a puzzle's rating, level and hardest technique are those of the hardest step on its path", () => {
  const seen = new Set<string>();
  for (const grid of puzzles) {
    const path = explain(grid);
    const most = Math.max(...path.map(({ rating }) => rating));
    const hardest = path.filter(({ rating }) => rating === most).map(({ technique }) => technique);
    const found = rate(grid);
    assertEquals([found.solved, found.level], [true, levelOf(most)]);
    assertAlmostEquals(found.rating, most, 1e-9);
    assert(hardest.includes(found.hardest!), found.hardest);
    seen.add(found.level!);
    // Each empty cell needs a step, and removing candidates takes more steps.
    const { empty } = Board.of(grid);
    if (most < 1.55) assertEquals(found.steps, empty);
    if (most > 2.55) assertGreater(found.steps, empty);
  }
  for (const level of ["easy", "medium", "hard"]) assert(seen.has(level), level);
});

Deno.test("with a limit below its rating, a puzzle stays unsolved, has no level and takes fewer steps", () => {
  for (const grid of puzzles) {
    const { rating } = rate(grid);
    const limited = rate(grid, { atMost: rating - .1 });
    assertEquals([limited.solved, limited.level], [false, undefined]);
    assert(limited.rating < rating);
    assert(limited.steps < rate(grid).steps);
  }
});

Deno.test("placing singles in bulk, naked ones included, writes only digits of the solution and leaves no single", () => {
  for (const grid of puzzles) {
    const outcome = solve(grid);
    assert(outcome.kind === "one");
    const board = Board.of(grid);
    const { placed } = placeSingles(board, 2.3, 2.3);
    assertEquals(placed, Board.of(grid).empty - board.empty);
    board.values.forEach((value, cell) =>
      assert(value === 0 || value === outcome.solution.values[cell])
    );
    assertEquals(placeSingles(board, 2.3, 2.3).placed, 0);
  }
});
