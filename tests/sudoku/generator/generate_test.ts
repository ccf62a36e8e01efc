import { assert, assertEquals, assertNotEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { canonicalForm } from "../../../lib/sudoku/solver/canonical_form.ts";
import { randomFromText } from "../../../lib/sudoku/generator/random_from_text.ts";
import { formatLine } from "../../../lib/sudoku/board/format.ts";
import { drawFullGrid } from "../../../lib/sudoku/generator/full_grid.ts";
import { generate, GenerateError, type Puzzle } from "../../../lib/sudoku/generator/generate.ts";
import { findConflict, isFull } from "../../../lib/sudoku/board/grid.ts";
import { levels, rate } from "../../../lib/sudoku/rating/rate.ts";
import { shapeOf, sizes } from "../../../lib/sudoku/board/shape.ts";
import { orbitsOf, symmetries } from "../../../lib/sudoku/generator/symmetry.ts";
import { solveExactCover } from "../../support/exact_cover.ts";
import { isNightly } from "../../support/nightly.ts";

const count = isNightly ? 10_000 : 300;

for (const { name: level } of levels) {
  Deno.test(`${count} ${level} puzzles have one solution that the level below cannot reach`, () => {
    for (let seed = 0; seed < count; seed++) {
      assertHonest(generate({ level, seed }));
    }
  });
}

Deno.test("a seed fixes the puzzle, and a different seed, level, size or kind gives a different one", () => {
  const line = (options: Partial<Parameters<typeof generate>[0]>) =>
    formatLine(generate({ level: "easy", seed: 1, ...options }).grid);
  assertEquals(line({}), line({}));
  const others = [
    line({ seed: 2 }),
    line({ seed: "1 " }),
    line({ level: "medium" }),
    line({ size: 6 }),
    line({ minimal: true }),
    line({ symmetry: "diagonal" }),
  ];
  for (const other of others) assertNotEquals(other, line({}));
});

Deno.test("puzzles of small boards have one solution and the stated level", () => {
  const kinds = [
    [4, "easy"],
    [6, "easy"],
    [6, "medium"],
    [6, "hard"],
  ] as const;
  for (const [size, level] of kinds) {
    for (let seed = 0; seed < 20; seed++) {
      assertHonest(generate({ level, seed, size }));
    }
  }
});

Deno.test("a level that a small board doesn't have is rejected with a message", () => {
  const error = assertThrows(
    () => generate({ level: "extreme", seed: 1, size: 4 }),
    GenerateError,
  );
  assert(error.message.includes("4x4, level extreme"));
});

Deno.test("attempts are counted, and counting them does not change the puzzle", () => {
  for (const symmetry of ["none", "half-turn"] as const) {
    const counts: number[] = [];
    const options = { level: "hard", seed: 4, symmetry } as const;
    const counted = generate({ ...options, onAttempt: (attempts) => counts.push(attempts) });
    assertEquals(formatLine(counted.grid), formatLine(generate(options).grid));
    assert(counts.length > 0, "this seed needs several attempts");
    assertEquals(counts, counts.map((_, index) => index + 1));
  }
});

Deno.test("a minimal puzzle has no unnecessary clue", () => {
  for (let seed = 0; seed < 10; seed++) {
    const { grid } = generate({ level: "medium", seed, minimal: true });
    grid.values.forEach((clue, cell) => {
      if (clue === 0) return;
      assertEquals(solutionsOf(grid.values.with(cell, 0)).length, 2);
    });
  }
});

Deno.test("clues have the requested symmetry", () => {
  for (const symmetry of symmetries) {
    const { grid } = generate({ level: "easy", seed: 3, symmetry });
    for (const orbit of orbitsOf(grid.shape, symmetry)) {
      const clues = orbit.filter((cell) => grid.values[cell] > 0);
      assert(clues.length === 0 || clues.length === orbit.length, symmetry);
    }
  }
});

Deno.test("the groups of a symmetry contain each cell once", () => {
  for (const size of sizes) {
    for (const symmetry of symmetries) {
      const cells = orbitsOf(shapeOf(size), symmetry).flat();
      assertEquals(cells.sort((a, b) => a - b), [...Array(size * size).keys()]);
    }
  }
});

Deno.test("random full grids are full and keep the rules", () => {
  const texts = fc.string({ maxLength: 20 });
  fc.assert(fc.property(fc.constantFrom(...sizes), texts, (size, text) => {
    const grid = drawFullGrid(shapeOf(size), randomFromText(text));
    assert(isFull(grid));
    assertEquals(findConflict(grid), undefined);
  }));
});

Deno.test("every solution of a 4x4 board occurs about equally often", () => {
  const random = randomFromText("all of 4x4");
  const seen = new Map<string, number>();
  for (let draws = 0; draws < 10_000; draws++) {
    const line = formatLine(drawFullGrid(shapeOf(4), random));
    seen.set(line, (seen.get(line) ?? 0) + 1);
  }
  assertEquals(seen.size, 288);
  const rarest = Math.min(...seen.values());
  assert(rarest > 10, `the rarest came up ${rarest} times of 35 expected`);
});

Deno.test("no generated puzzle is a disguised copy of a different one", () => {
  const forms = Array.from(
    { length: 100 },
    (_, seed) => canonicalForm(generate({ level: "easy", seed }).grid),
  );
  assertEquals(new Set(forms).size, forms.length);
});

function assertHonest({ grid, solution, ...puzzle }: Puzzle): void {
  const { shape, values } = grid;
  const solutions = solveExactCover({ ...shape, values }, 2);
  assertEquals(solutions, [solution.values]);
  const rating = rate(grid);
  assertEquals(rating.level, puzzle.level, formatLine(grid));
  assertEquals(rating.rating, puzzle.rating);
  assertEquals(rating.hardest, puzzle.hardest);
  const rank = levels.findIndex(({ name }) => name === puzzle.level);
  if (rank === 0) return;
  assertEquals(rate(grid, { atMost: levels[rank - 1].upTo }).solved, false);
}

function solutionsOf(values: Uint8Array): Uint8Array[] {
  return solveExactCover({ ...shapeOf(9), values }, 2);
}
