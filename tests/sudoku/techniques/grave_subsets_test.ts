import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { maskOf } from "../../../lib/sudoku/board/bits.ts";
import { Board } from "../../../lib/sudoku/board/board.ts";
import { gridOf } from "../../../lib/sudoku/board/grid.ts";
import { shapeOf, type Size } from "../../../lib/sudoku/board/shape.ts";
import type { Step } from "../../../lib/sudoku/techniques/step.ts";
import { bivalueUniversalGrave } from "../../../lib/sudoku/techniques/uniqueness/bivalue_universal_grave.ts";
import { changesOf } from "../../support/noted_board.ts";
import { fullGrid } from "../../support/sudoku_puzzles.ts";

/**
 * Extra candidates of cells in the first row. Each key identifies a cell by its digit in the full
 * grid.
 */
type Extras = Readonly<Record<number, readonly number[]>>;

const cellOf = (size: Size, digit: number) => fullGrid(size).indexOf(digit);

/**
 * Returns a board from which the digits 1 to `open` are missing. Each empty cell has two
 * candidates: the digit of the cell in the full grid and the next missing digit. Every missing
 * digit therefore has two places in each unit. Some cells also have the candidates in `extras`.
 */
function graveOf(size: Size, extras: Extras, open: number = size): Board {
  const grid = fullGrid(size);
  const notes = grid.map((digit, cell) => {
    const more = cell < size ? extras[digit] ?? [] : [];
    return maskOf([digit, digit % open + 1, ...more]);
  });
  return Board.withNotes(gridOf(size, grid.map((digit) => digit > open ? digit : 0)), notes);
}

interface Subset {
  readonly size: Size;
  readonly open?: number;
  readonly extras: Extras;
  /**
   * The cells of the subset that have no extra digits. Each cell is identified by its digit in the
   * full grid.
   */
  readonly helpers: readonly number[];
  readonly digits: readonly number[];
  readonly rating: number;
  /**
   * The candidates that cells outside the subset lose. Each key identifies a cell by its digit in
   * the full grid, and the value is the candidate that this cell loses.
   */
  readonly losses: Readonly<Record<number, number>>;
}

// The cell with digit d has the candidates d and d + 1, so the cells of neighbouring digits form a
// subset.
const subsets: readonly Subset[] = [
  {
    ...{ size: 6, extras: { 3: [1], 5: [2] } },
    ...{ helpers: [1], digits: [1, 2], rating: 5.8, losses: { 2: 2, 6: 1 } },
  },
  {
    ...{ size: 9, extras: { 5: [1], 8: [2] } },
    ...{ helpers: [1], digits: [1, 2], rating: 5.8, losses: { 2: 2, 9: 1 } },
  },
  {
    ...{ size: 9, extras: { 5: [1], 8: [3] } },
    ...{ helpers: [1, 2], digits: [1, 2, 3], rating: 5.9, losses: { 3: 3, 9: 1 } },
  },
  {
    ...{ size: 9, extras: { 5: [1], 7: [4] } },
    ...{ helpers: [1, 2, 3], digits: [1, 2, 3, 4], rating: 6.0, losses: { 4: 4, 9: 1 } },
  },
  {
    ...{ size: 9, extras: { 6: [1], 8: [5] } },
    ...{ helpers: [1, 2, 3, 4], digits: [1, 2, 3, 4, 5], rating: 6.1, losses: { 5: 5, 9: 1 } },
  },
  {
    ...{ size: 9, extras: { 7: [1], 8: [3], 9: [6] } },
    ...{ helpers: [1, 2, 3, 4, 5], digits: [1, 2, 3, 4, 5, 6], rating: 6.2, losses: { 6: 6 } },
  },
  // Filled cells cannot be helpers.
  {
    ...{ size: 9, open: 7, extras: { 4: [1], 6: [2] } },
    ...{ helpers: [1], digits: [1, 2], rating: 5.8, losses: { 2: 2, 7: 1 } },
  },
  {
    ...{ size: 9, open: 8, extras: { 5: [1], 7: [3] } },
    ...{ helpers: [1, 2], digits: [1, 2, 3], rating: 5.9, losses: { 3: 3, 8: 1 } },
  },
  // Three cells have extra digits.
  {
    ...{ size: 9, extras: { 4: [1], 6: [1], 8: [2] } },
    ...{ helpers: [1], digits: [1, 2], rating: 5.8, losses: { 2: 2, 9: 1 } },
  },
];

for (const { size, open, extras, helpers, digits, rating, losses } of subsets) {
  const shown = Object.entries(extras).map(([cell, more]) => `${more} beside ${cell}`).join(", ");
  Deno.test(`size ${size}, ${open ?? size} digits missing, ${shown}: a subset of ${digits} (type 3)`, () => {
    const steps = stepsOn(graveOf(size, extras, open));
    const own = Object.keys(extras).map((digit) => cellOf(size, Number(digit)));
    const inRow = steps.filter(({ units }) => units[0] === 0);
    assertEquals(inRow.length, 1);
    for (const step of steps) {
      const { reason } = step;
      assert(reason.kind === "bivalue universal grave");
      assertEquals(reason.type, 3);
      assertEquals([step.presumesUniqueness, step.size, step.placements], [true, size, []]);
      assertAlmostEquals(step.rating, rating, 1e-9);
      assertEquals([...reason.helperDigits], digits);
      assertEquals([...step.cells].sort(), [...own].sort());
      // The unit that a step names contains every cell with extra digits.
      for (const cell of own) assert(shapeOf(size).unitsOf[cell].includes(step.units[0]));
    }
    const [{ reason }] = inRow;
    assert(reason.kind === "bivalue universal grave");
    assertEquals([...reason.helpers].sort(), helpers.map((d) => cellOf(size, d)).sort());
    const wanted = Object.entries(losses).map(([digit, gone]) =>
      `r1c${cellOf(size, Number(digit)) + 1}<>${gone}`
    );
    assertEquals(changesOf(inRow[0]), wanted.sort());
  });
}

Deno.test("a cell with two extra digits holds one of them, and loses the others", () => {
  for (const [size, open] of [[6, 6], [9, 9], [9, 5]] as const) {
    const [step, ...more] = stepsOn(graveOf(size, { 1: [3, 4] }, open));
    assertEquals(more, []);
    assertEquals([step.rating, changesOf(step)], [5.6, ["r1c1<>1", "r1c1<>2"]]);
    assert(step.reason.kind === "bivalue universal grave");
    assertEquals(step.reason.extra, [{ cell: 0, digit: 3 }, { cell: 0, digit: 4 }]);
  }
});

Deno.test("an extra candidate is found beside full cells", () => {
  for (let open = 3; open <= 9; open++) {
    const [step, ...more] = stepsOn(graveOf(9, { 1: [3] }, open));
    assertEquals(more, []);
    assertEquals(changesOf(step), ["r1c1<>1", "r1c1<>2"]);
  }
});

Deno.test("three cells of a row share an extra digit, so others that see them lose it", () => {
  const [step, ...more] = stepsOn(graveOf(9, { 3: [1], 5: [1], 7: [1] }));
  assertEquals(more, []);
  assertEquals([step.rating, step.units, changesOf(step)], [5.7, [], ["r1c1<>1", "r1c9<>1"]]);
  assert(step.reason.kind === "bivalue universal grave");
  assertEquals(step.reason.type, 2);
});

Deno.test("a board that is not quite a grave says nothing", () => {
  const spoiled: Readonly<Record<string, (board: Board) => void>> = {
    "a cell lacks a candidate": (board) => board.remove(80, board.candidates[80] & -2 & 0x1ff),
    "a digit lacks a place": (board) =>
      board.remove(40, 1 << 31 - Math.clz32(board.candidates[40])),
    "the extra candidate is gone": (board) => board.remove(0, maskOf([3])),
    "the cell lacks another candidate": (board) => board.remove(0, maskOf([1])),
  };
  for (const [name, spoil] of Object.entries(spoiled)) {
    const board = graveOf(9, { 1: [3] });
    assertEquals(stepsOn(board).length, 1);
    spoil(board);
    assertEquals(stepsOn(board), [], name);
  }
});

Deno.test("extras in two cells that share no unit and no digit say nothing", () => {
  const board = graveOf(9, { 1: [5] });
  const grid = fullGrid(9);
  const notes = Array.from(board.candidates);
  // A cell far from the first gets a digit of neither pair.
  const far = 80;
  notes[far] |= maskOf([(grid[far] + 3) % 9 + 1]);
  assert(!board.shape.peers[0].includes(far));
  const extended = Board.withNotes(gridOf(9, new Array(81).fill(0)), notes);
  assertEquals(stepsOn(extended), []);
});

function stepsOn(board: Board): readonly Step[] {
  return [...bivalueUniversalGrave.steps(board)];
}
