import { assert, assertEquals } from "@std/assert";
import { Board } from "../../../lib/sudoku/board/board.ts";
import { gridOf } from "../../../lib/sudoku/board/grid.ts";
import { shapeOf, type Size } from "../../../lib/sudoku/board/shape.ts";
import { uniqueLoop } from "../../../lib/sudoku/techniques/uniqueness/unique_loops.ts";
import type { Step } from "../../../lib/sudoku/techniques/step.ts";
import { randomStream } from "../../../lib/random.ts";
import { randomBoard } from "../../support/sudoku_puzzles.ts";
import { type RectangleStep, uniqueRectangles } from "../../support/unique_rectangles.ts";

Deno.test("unique rectangles of types 1, 2 and 4, and of type 3 with one hidden helper, are rated 4.5", () => {
  const types = new Map<number, number>();
  for (const size of [4, 6, 9] as const) {
    for (let seed = 0; seed < 45; seed++) {
      const board = seed % 3 > 0 ? rectangleBoard(size, seed) : randomBoard(size, seed);
      const wanted = uniqueRectangles(board);
      const found = uniqueLoop.steps(board) as readonly Step[];
      // Steps with a longer loop or a larger subset have a higher rating.
      const easiest = found.filter(({ rating }) => rating < 4.55);
      assertEquals(easiest.map(signatureOf).sort(), wanted.map(signature).sort());
      assert(easiest.every(({ rating }) => rating === 4.5));
      if (wanted.length > 0) assertEquals(found.length, wanted.length);
      for (const { type } of wanted) types.set(type, (types.get(type) ?? 0) + 1);
    }
  }
  assertEquals([...types.keys()].sort(), [1, 2, 3, 4]);
});

/**
 * Returns a board of random notes that contains a rectangle. The four cells of the rectangle have
 * the same two digits, and its cells in the lower row also have other digits.
 */
function rectangleBoard(size: Size, seed: number): Board {
  const random = randomStream(seed, "rectangles");
  const [columnA, columnB] = random.permutation(size);
  const [a, b, c, d] = random.permutation(size);
  const rows = [0, shapeOf(size).boxHeight];
  const pair = 1 << a | 1 << b;
  const lower = [pair | 1 << c, pair | 1 << (seed % 2 ? c : d)];
  const helper = random.integer(size);
  const notes = Array.from({ length: size * size }, (_, cell) => {
    const [row, column] = [Math.floor(cell / size), cell % size];
    let mask = 0;
    for (let bit = 0; bit < size; bit++) if (random.uniform() < .5) mask |= 1 << bit;
    if (!rows.includes(row)) return mask;
    if (column === columnA || column === columnB) {
      return row === 0 ? pair : lower[column === columnA ? 0 : 1];
    }
    // For half of the seeds, only one more cell of the lower row can hold a digit of the pair.
    return row > 0 && seed % 4 < 2 && column !== helper ? mask & ~pair : mask;
  });
  return Board.withNotes(gridOf(size, new Array(size * size).fill(0)), notes);
}

function signatureOf({ cells, units, removals, technique, ...step }: Step): string {
  assertEquals([technique, step.presumesUniqueness], ["Unique rectangle", true]);
  assert(step.reason.kind === "unique loop");
  const { type, digits, helpers } = step.reason;
  return signature({ type, cells, digits, removals, units, helpers });
}

function signature({ type, cells, digits, removals, units, helpers }: RectangleStep): string {
  const gone = removals.map(({ cell, digit }) => `${cell}:${digit}`).sort();
  return `${type} of ${cells.toSorted((a, b) => a - b)} with ${digits} ` +
    `in ${units} by ${helpers} without ${gone}`;
}
