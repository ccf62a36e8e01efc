/**
 * Checks each rating against the source code of Sukaku Explainer
 * (github.com/SudokuMonster/SukakuExplainer). In that program, the method `getDifficulty` of each
 * hint in diuf/sudoku/solver/rules returns the "original" ratings. These are the ratings of Nicolas
 * Juillerat's Sudoku Explainer, plus ratings that were added later for strong links and wings.
 */
import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { Board } from "../../../lib/sudoku/board/board.ts";
import { nextStep } from "../../../lib/sudoku/techniques/find_steps.ts";
import { applyStep } from "../../../lib/sudoku/techniques/step.ts";
import { techniques } from "../../../lib/sudoku/techniques/all_techniques.ts";
import { lengthTenths } from "../../../lib/sudoku/techniques/chains/claims.ts";
import { ratedPuzzles } from "../../support/sudoku_lists.ts";
import { minimalPuzzle } from "../../support/sudoku_puzzles.ts";

/**
 * The techniques in the order in which they are tried, each with the lowest rating of its steps.
 */
const lowest: readonly [technique: string, rating: number][] = [
  ["Last in unit", 1.0], // HiddenSingleHint, alone in its unit
  ["Hidden single", 1.2], // HiddenSingleHint, in a block
  ["Direct pointing", 1.7], // DirectLockingHint, from a block
  ["Direct claiming", 1.9], // DirectLockingHint, from a line
  ["Direct hidden pair", 2.0], // DirectHiddenSetHint
  ["Naked single", 2.3], // NakedSingleHint
  ["Direct hidden triple", 2.5], // DirectHiddenSetHint
  ["Pointing", 2.6], // LockingHint
  ["Claiming", 2.8], // LockingHint
  ["Naked pair", 3.0], // NakedSetHint
  ["X-wing", 3.2], // LockingHint, degree 2
  ["Hidden pair", 3.4], // HiddenSetHint
  ["Naked triple", 3.6], // NakedSetHint
  ["Swordfish", 3.8], // LockingHint, degree 3
  ["Hidden triple", 4.0], // HiddenSetHint
  ["Turbot fish", 4.0], // TurbotFishHint
  ["XY-wing", 4.2], // XYWingHint
  ["XYZ-wing", 4.4], // XYWingHint
  ["Unique loop", 4.5], // UniqueLoopHint
  ["Naked quad", 5.0], // NakedSetHint
  ["Jellyfish", 5.2], // LockingHint, degree 4
  ["Hidden quad", 5.4], // HiddenSetHint
  ["Three strong links", 5.4], // StrongLinksHint
  ["WXYZ-wing", 5.5], // WXYZWingHint
  ["Bivalue universal grave", 5.6], // Bug1Hint
  ["VWXYZ-wing", 6.2], // VWXYZWingHint
  ["Aligned pair exclusion", 6.2], // AlignedExclusionHint
  ["Forcing chain", 6.5], // CycleHint of one digit or of pairs
  ["Aligned triple exclusion", 7.5], // AlignedExclusionHint
  ["Nishio", 7.5], // Chaining
  ["Multiple forcing chains", 8.0], // Chaining
  ["Dynamic forcing chains", 8.5], // Chaining
];

/** The possible ratings of each technique whose rating varies, in tenths. */
const others: Readonly<Record<string, readonly number[]>> = {
  "Hidden single in a box": [12],
  "Hidden single in a line": [15],
  // If one of the units is a block, the rating is one tenth higher. If the pattern uses both rows
  // and columns, the rating is one tenth higher. If a link is grouped, the rating is three tenths
  // higher, and the other two rules do not apply.
  "Turbot fish": [40, 41, 42, 43],
  "Skyscraper": [40, 43],
  "Two-string kite": [41, 43],
  "Three strong links": [54, 55, 56, 57],
  // In type 3, each cell of the subset beyond the first adds one tenth.
  "Unique rectangle": [45, 46, 47, 48],
  // A loop of six cells is rated 4.6, a loop of eight cells 4.7, and a longer loop 5.0.
  "Unique loop": [46, 47, 48, 49, 50, 51, 52, 53],
  "Bivalue universal grave": [56, 57, 58, 59, 60, 61],
  // The rating is higher if the richest cell has a medium number of candidates.
  "WXYZ-wing": [55, 56],
  "VWXYZ-wing": [62, 63, 64],
};

Deno.test("the techniques are tried in the reference program's order, each with its lowest rating", () => {
  assertEquals(techniques.map(({ name, rating }) => [name, rating]), [
    ...lowest,
  ]);
});

Deno.test("every step that is found while solving puzzles has one of the ratings of its technique", () => {
  const known = new Map(lowest);
  const found = new Set<string>();
  for (const board of positions()) {
    for (const { name, rating, steps } of techniques) {
      if (rating >= 6.5) continue;
      for (const step of steps(board)) {
        const allowed = others[step.technique] ?? [10 * known.get(name)!];
        const tenths = Math.round(10 * step.rating);
        assertAlmostEquals(step.rating, tenths / 10, 1e-9);
        assert(
          allowed.map(Math.round).includes(tenths),
          `${step.technique} rated ${step.rating}`,
        );
        found.add(name);
      }
    }
  }
  const missing = lowest.filter(([name, rating]) => rating < 6.5 && !found.has(name));
  assertEquals(missing, []);
});

Deno.test("chains are rated a tenth higher above each of 4, 6, 8, 12, 16, 24, 32, 48 … claims between their ends", () => {
  // From getLengthDifficulty in ChainingHint.
  const limits = [4, 6, 8, 12, 16, 24, 32, 48, 64, 96, 128];
  limits.forEach((limit, tenths) => {
    assertEquals(lengthTenths(limit + 2), tenths);
    assertEquals(lengthTenths(limit + 3), tenths + 1);
  });
});

/** Yields the positions of puzzles that are solved without chains. */
function* positions(): Generator<Board> {
  const rated = ratedPuzzles().slice(0, 8).map(({ grid }) => grid);
  const minimal = [1, 2, 3, 4, 5, 6].map((seed) => minimalPuzzle(9, seed));
  for (const grid of [...rated, ...minimal]) {
    const board = Board.of(grid);
    for (
      let step = nextStep(board, { atMost: 6.4 });
      step;
      step = nextStep(board, { atMost: 6.4 })
    ) {
      yield board;
      applyStep(board, step);
    }
  }
}
