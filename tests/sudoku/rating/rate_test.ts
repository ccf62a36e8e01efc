import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { explain } from "../../../lib/sudoku/techniques/find_steps.ts";
import type { Grid } from "../../../lib/sudoku/board/grid.ts";
import { levelOf, levels, rate } from "../../../lib/sudoku/rating/rate.ts";
import { requiring } from "../../support/skip.ts";
import { gridFrom, puzzleLists, ratedPuzzles } from "../../support/sudoku_lists.ts";
import { isNightly } from "../../support/nightly.ts";
import { minimalPuzzle } from "../../support/sudoku_puzzles.ts";
import { shuffledCopy } from "../../support/sudoku_symmetry.ts";

Deno.test("ratings agree with the reference list: 90 % within 0.2, 95 % in the same band", () => {
  const puzzles = ratedPuzzles();
  let [near, sameBand] = [0, 0];
  for (const { grid, rating } of puzzles) {
    const found = rate(grid);
    if (!found.solved) continue;
    if (Math.abs(found.rating - rating) < 0.25) near++;
    if (found.level === levelOf(rating)) sameBand++;
  }
  assert(near / puzzles.length >= 0.9, `${near} of ${puzzles.length}`);
  assert(sameBand / puzzles.length >= 0.95, `${sameBand} of ${puzzles.length}`);
});

Deno.test("puzzles up to single forcing chains have exactly the reference's rating", () => {
  const puzzles = ratedPuzzles().filter(({ rating }) => rating < 7.45);
  const same = puzzles.filter(({ grid, rating }) => Math.abs(rate(grid).rating - rating) < 0.05);
  assert(
    same.length / puzzles.length >= 0.98,
    `${same.length} of ${puzzles.length}`,
  );
});

for (const { name, requires, puzzles } of puzzleLists(isNightly ? 2000 : 40)) {
  Deno.test(requiring(
    requires,
    `${name} have the rating of the hardest step on the explained path`,
    () => {
      const pairs = easierOf(puzzles()).map((grid): Pair => [
        rate(grid).rating,
        explain(grid).reduce((most, step) => Math.max(most, step.rating), 0),
      ]);
      assertAlmostAllEqual(pairs);
    },
  ));

  Deno.test(requiring(
    requires,
    `${name} keep their rating when they are disguised`,
    () => {
      const easier = easierOf(puzzles());
      const pairs = Array.from(
        { length: isNightly ? 2000 : 60 },
        (_, seed): Pair => {
          const grid = easier[seed * 7 % easier.length];
          return [rate(grid).rating, rate(shuffledCopy(grid, seed)).rating];
        },
      );
      assertAlmostAllEqual(pairs);
    },
  ));

  Deno.test(requiring(
    requires,
    `${name} are solved within the limit of their level, and not within lower ones`,
    () => {
      for (const grid of easierOf(puzzles()).slice(0, 30)) {
        const { rating } = rate(grid);
        for (const { upTo } of levels) {
          const limited = rate(grid, { atMost: upTo });
          assertEquals(limited.solved, rating <= upTo);
          assertEquals(
            limited.level,
            limited.solved ? levelOf(rating) : undefined,
          );
          assert(limited.rating <= Math.min(upTo, rating));
        }
      }
    },
  ));
}

Deno.test("a puzzle that singles solve is easy, and its rating names the single", () => {
  const solution =
    "123456789456789123789123456231674895875912364694538217317265948542897631968341572";
  const lastRow = gridFrom(`.${solution.slice(1)}`);
  assertEquals(rate(lastRow), {
    solved: true,
    rating: 1,
    level: "easy",
    hardest: "Last in unit",
    steps: 1,
  });
});

Deno.test("grids without a unique solution are quickly reported as unsolved", () => {
  const impossible =
    ".....5.8....6.1.43..........1.5........1.6...3.......553.....61........4.........";
  for (const text of [".".repeat(81), `1${".".repeat(80)}`, impossible]) {
    assertEquals(rate(gridFrom(text)).solved, false);
  }
});

Deno.test("boards of size 4 and 6 are rated too", () => {
  for (const size of [4, 6] as const) {
    for (let seed = 0; seed < 20; seed++) {
      const found = rate(minimalPuzzle(size, seed));
      assert(found.solved, `size ${size}, seed ${seed}`);
      assertEquals(found.level, levelOf(found.rating));
    }
  }
});

function easierOf(puzzles: readonly Grid[]): readonly Grid[] {
  const easier = puzzles.filter((grid) => rate(grid, { atMost: 7.4 }).solved);
  assert(easier.length >= 20, `only ${easier.length} puzzles`);
  return easier;
}

type Pair = readonly [number, number];

/**
 * Checks that in almost all pairs of ratings, the two ratings are equal. Among chains of equal
 * length, the search keeps the first one that it finds, so the result depends on the order of the
 * search. For about one puzzle in a thousand, the two ratings therefore differ by 0.1. The limit of
 * one in 200 leaves room for chance.
 */
function assertAlmostAllEqual(pairs: readonly Pair[]): void {
  const different = pairs.filter(([first, second]) => first !== second);
  for (const [first, second] of different) {
    assertAlmostEquals(first, second, 0.11);
  }
  assert(different.length <= pairs.length / 200, `${different}`);
}
