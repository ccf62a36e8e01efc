import { assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { canonicalForm } from "../../../lib/sudoku/solver/canonical_form.ts";
import { GridError, gridOf } from "../../../lib/sudoku/board/grid.ts";
import { parseGrid } from "../../../lib/sudoku/board/parse.ts";
import { requiring } from "../../support/skip.ts";
import { puzzleLists, ratedPuzzles } from "../../support/sudoku_lists.ts";
import { minimalPuzzle } from "../../support/sudoku_puzzles.ts";
import { shuffledCopy } from "../../support/sudoku_symmetry.ts";

const seeds = fc.integer({ min: 0, max: 0xffff });

Deno.test("a disguised copy has the same canonical form", () => {
  const puzzles = ratedPuzzles();
  fc.assert(
    fc.property(seeds, seeds, (which, seed) => {
      const { grid } = puzzles[which % puzzles.length];
      assertEquals(
        canonicalForm(shuffledCopy(grid, seed)),
        canonicalForm(grid),
      );
    }),
    { numRuns: 30 },
  );
});

Deno.test("the canonical form is a disguise of the puzzle, and its own canonical form", () => {
  for (const { grid } of ratedPuzzles().slice(0, 20)) {
    const form = canonicalForm(grid);
    assertEquals(canonicalForm(parseGrid(form)), form);
  }
});

// No list contains two puzzles that are symmetric copies of each other. The list of puzzles with 17
// clues is by Gordon Royle.
for (const { name, requires, puzzles } of puzzleLists(200)) {
  Deno.test(
    requiring(requires, `different ${name} have different canonical forms`, () => {
      const grids = puzzles();
      assertEquals(
        new Set(grids.map((grid) => canonicalForm(grid))).size,
        grids.length,
      );
    }),
  );
}

Deno.test("puzzles that a symmetry of their solution maps onto each other have the same canonical form", () => {
  // Each row is a shift of the first row, which makes the most symmetric grid that exists.
  const full = "123456789456789123789123456231564897564897231897231564312645978645978312978312645";
  const forms = [0, 8, 40, 80].map((cell) =>
    canonicalForm(
      gridOf(9, [...full].map((digit, at) => at === cell ? 0 : Number(digit))),
    )
  );
  assertEquals(new Set(forms).size, 1);
});

Deno.test("exchanging bands, stacks and digits of a small board does not change the canonical form", () => {
  for (let seed = 0; seed < 20; seed++) {
    const { values } = minimalPuzzle(6, seed);
    const copy = values.map((_, cell) => {
      const [row, column] = [Math.floor(cell / 6), cell % 6];
      const digit = values[(row + 2) % 6 * 6 + (column + 3) % 6];
      return digit === 0 ? 0 : digit % 6 + 1;
    });
    assertEquals(
      canonicalForm(gridOf(6, copy)),
      canonicalForm(gridOf(6, values)),
    );
  }
  const turned = (cell: number) => cell % 4 * 4 + Math.floor(cell / 4);
  const { values } = minimalPuzzle(4, 1);
  assertEquals(
    canonicalForm(gridOf(4, values.map((_, cell) => values[turned(cell)]))),
    canonicalForm(gridOf(4, values)),
  );
});

Deno.test("a puzzle with no solution or several is rejected", () => {
  assertThrows(
    () => canonicalForm(parseGrid(".".repeat(81))),
    GridError,
    "several",
  );
  assertThrows(
    () => canonicalForm(parseGrid("11".padEnd(81, "."))),
    GridError,
    "none",
  );
});
