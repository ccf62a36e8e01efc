import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { uniqueLoop } from "../../../lib/sudoku/techniques/uniqueness/unique_loops.ts";
import { changesOf, namesOf, notedBoard, type Notes } from "../../support/noted_board.ts";

/**
 * A unique rectangle in two rows and two boxes. Other cells do not have the candidates 1 and 2,
 * unless a test case adds them.
 */
const rectangle: Notes = { r1c1: "12", r1c4: "12", r2c1: "12", r2c4: "12" };
const OTHERS = "3456789";

interface Expected {
  readonly type: number;
  readonly rating: number;
  /** The cells of the rectangle that have other candidates besides 1 and 2. */
  readonly extra: string;
  readonly helpers?: string;
  readonly digits?: readonly number[];
  readonly changes: string;
}

interface Case {
  readonly name: string;
  readonly notes: Notes;
  readonly steps: readonly Expected[];
}

/** In row 1, the candidates 1, 2 and 5 occur only in the rectangle and in two other cells. */
const hiddenTriple: Notes = {
  ...{ r1c1: "123", r1c4: "124", r1c7: "1256", r1c8: "157" },
  ...inRow1("2 3 5 6 9", "346789"),
};

/**
 * In row 1, three cells have only candidates from 3 to 6. Together with the extra candidates of two
 * cells of the rectangle, the three cells form a naked quad. r1c6 is filled.
 */
const nakedQuad: Notes = {
  ...{ r1c1: "123", r1c4: "124", r1c6: "=9", r1c7: "345", r1c8: "356", r1c9: "456" },
  ...inRow1("2 3 5", "12345678"),
};

const cases: readonly Case[] = [
  {
    name: "one cell with two more digits loses the pair (type 1)",
    notes: { r2c4: "1258" },
    steps: [{ type: 1, rating: 4.5, extra: "r2c4", changes: "r2c4<>1 r2c4<>2" }],
  },
  {
    name: "cells that see two diagonal ones with the same digit lose it (type 2)",
    notes: { r1c1: "123", r2c4: "123" },
    steps: [{
      ...{ type: 2, rating: 4.5, extra: "r1c1 r2c4" },
      changes: "r1c5<>3 r1c6<>3 r2c2<>3 r2c3<>3",
    }],
  },
  {
    name: "cells that see three with the same digit lose it (type 2)",
    notes: { r1c4: "123", r2c1: "123", r2c4: "123" },
    steps: [{ type: 2, rating: 4.5, extra: "r1c4 r2c1 r2c4", changes: "r2c5<>3 r2c6<>3" }],
  },
  {
    name: "three cells with two more digits say nothing",
    notes: { r1c4: "123", r2c1: "123", r2c4: "124" },
    steps: [],
  },
  { name: "four cells without others say nothing", notes: {}, steps: [] },
  {
    name: "diagonal cells with different digits say nothing",
    // Only one of the two cells is in row 1, so r1c7 does not form a naked pair with them.
    notes: { r1c1: "123", r2c4: "124", r1c7: "34" },
    steps: [],
  },
  {
    name: "a cell that lacks one of the two digits breaks the rectangle",
    notes: { r2c4: "134" },
    steps: [],
  },
  {
    name: "the cells hold the digit that row 1 has only there (type 4)",
    notes: { r1c1: "123", r1c4: "124", ...inRow1("2 5 9", "2345") },
    steps: [{
      ...{ type: 4, rating: 4.5, extra: "r1c1 r1c4", digits: [1] },
      changes: "r1c1<>2 r1c4<>2",
    }],
  },
  {
    name: "two helpers hold the pair and a third digit (type 3, hidden)",
    notes: hiddenTriple,
    steps: [{
      ...{ type: 3, rating: 4.6, extra: "r1c1 r1c4" },
      ...{ helpers: "r1c7 r1c8", digits: [1, 2, 5], changes: "r1c7<>6 r1c8<>7" },
    }],
  },
  {
    name: "a third place of the third digit breaks that",
    notes: { ...hiddenTriple, r1c9: "3456789" },
    steps: [],
  },
  {
    name: "three helpers hold the pair and two more digits (type 3, hidden)",
    notes: {
      ...{ r1c1: "123", r1c4: "124", r1c7: "1256", r1c8: "1568", r1c9: "2567" },
      ...inRow1("2 3 5 6", "34789"),
    },
    steps: [{
      ...{ type: 3, rating: 4.7, extra: "r1c1 r1c4" },
      ...{ helpers: "r1c7 r1c8 r1c9", digits: [1, 2, 5, 6] },
      changes: "r1c8<>8 r1c9<>7",
    }],
  },
  {
    name: "with eight empty cells the smaller set is the naked one",
    notes: {
      ...{ r1c1: "123", r1c4: "124", r1c6: "=9", r1c7: "1256", r1c8: "1568", r1c9: "2567" },
      ...inRow1("2 3 5", "3478"),
    },
    steps: [{
      ...{ type: 3, rating: 4.8, extra: "r1c1 r1c4" },
      ...{ helpers: "r1c2 r1c3 r1c5", digits: [3, 4, 7, 8], changes: "r1c8<>8 r1c9<>7" },
    }],
  },
  {
    name: "three helpers have the other digits and two more (type 3, naked)",
    notes: nakedQuad,
    steps: [{
      ...{ type: 3, rating: 4.8, extra: "r1c1 r1c4" },
      ...{ helpers: "r1c7 r1c8 r1c9", digits: [3, 4, 5, 6] },
      changes: [2, 3, 5].flatMap((c) => [3, 4, 5, 6].map((d) => `r1c${c}<>${d}`)).join(" "),
    }],
  },
  {
    name: "with seven empty cells the smaller set is the hidden one",
    notes: { ...nakedQuad, r1c5: "=8", ...inRow1("2 3", "1234567") },
    steps: [{
      ...{ type: 3, rating: 4.6, extra: "r1c1 r1c4" },
      ...{ helpers: "r1c2 r1c3", digits: [1, 2, 7] },
      changes: [2, 3].flatMap((c) => [3, 4, 5, 6].map((d) => `r1c${c}<>${d}`)).join(" "),
    }],
  },
];

for (const { name, notes, steps } of cases) {
  Deno.test(`unique rectangle: ${name}`, () => {
    const board = notedBoard(9, { ...rectangle, ...notes }, OTHERS);
    const found = [...uniqueLoop.steps(board)].map((step) => {
      const { reason, cells } = step;
      assert(reason.kind === "unique loop");
      assertEquals([step.technique, namesOf(step, cells.toSorted((a, b) => a - b))], [
        ...["Unique rectangle", "r1c1 r1c4 r2c1 r2c4"],
      ]);
      assertEquals([...reason.digits], [1, 2]);
      assertEquals([step.presumesUniqueness, step.size, step.placements], [true, 9, []]);
      // If a step is based on a locked digit or a subset, then the step names the unit.
      assertEquals(step.units, reason.type > 2 ? [0] : []);
      assertAlmostEquals(step.rating * 10, Math.round(step.rating * 10), 1e-9);
      return {
        ...{ type: reason.type, rating: step.rating },
        extra: namesOf(step, reason.extra.toSorted((a, b) => a - b)),
        ...{ helpers: namesOf(step, reason.helpers), digits: reason.helperDigits },
        changes: changesOf(step).join(" "),
      };
    });
    assertEquals(found, steps.map((step) => ({ helpers: "", digits: [], ...step })));
  });
}

Deno.test("a rectangle in four boxes or in one box says nothing", () => {
  for (const [a, b, c, d] of [["11", "14", "44", "41"], ["11", "12", "22", "21"]]) {
    const notes = { [at(a)]: "123", [at(b)]: "12", [at(c)]: "12", [at(d)]: "12" };
    assertEquals([...uniqueLoop.steps(notedBoard(9, notes, OTHERS))], []);
  }
});

Deno.test("a loop whose cells are alone in a unit says nothing", () => {
  // The last loop has eight cells and meets row 1 four times.
  const loops = [
    "11 14 24 27 57 51",
    "11 14 54 57 87 81",
    "11 14 24 27 17 18 58 51",
  ];
  for (const loop of loops) {
    const cells = loop.split(" ").map(at);
    const notes = Object.fromEntries(cells.map((name, i) => [name, i === 0 ? "123" : "12"]));
    assertEquals([...uniqueLoop.steps(notedBoard(9, notes, OTHERS))], [], loop);
  }
});

Deno.test("a loop of twelve cells is rated like one of ten", () => {
  const cells = "11 14 44 47 77 72 82 88 58 55 25 21".split(" ");
  const notes = Object.fromEntries(cells.map((cell, i) => [at(cell), i === 0 ? "126" : "12"]));
  const [step, ...more] = uniqueLoop.steps(notedBoard(9, notes, OTHERS));
  assertEquals(more, []);
  assertEquals([step.technique, step.rating, step.cells.length], ["Unique loop", 5, 12]);
  assertEquals(changesOf(step), ["r1c1<>1", "r1c1<>2"]);
});

function inRow1(columns: string, digits: string): Notes {
  return Object.fromEntries(columns.split(" ").map((column) => [`r1c${column}`, digits]));
}

function at([row, column]: string): string {
  return `r${row}c${column}`;
}
