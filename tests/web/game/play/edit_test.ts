import { assertEquals, assertStrictEquals } from "@std/assert";
import type { Action, Layer } from "../../../../lib/web/game/play/action.ts";
import type { CellList } from "../../../../lib/web/game/play/position.ts";
import { gameOn, play, solveAll } from "../games.ts";

// The 4x4 puzzle of these tests (left), and the numbers of its cells (right):
//   1 . | . .      cells  0  1 |  2  3
//   . . | 2 .             4  5 |  6  7
//   . 3 | . .             8  9 | 10 11
//   . . | . 4            12 13 | 14 15

Deno.test("digits, marks and colours go only into allowed cells", () => {
  const cases: [name: string, actions: Action[], list: CellList, cells: Record<number, number>][] =
    [
      ["a digit", [enter("value", 2, 1)], "values", { 1: 2 }],
      ["in two cells", [enter("value", 2, 1, 4)], "values", { 1: 2, 4: 2 }],
      ["over another digit", [enter("value", 2, 1), enter("value", 3, 1)], "values", { 1: 3 }],
      ["the same digit again empties", [enter("value", 2, 1), enter("value", 2, 1)], "values", {}],
      [
        "not where only one cell has it",
        [enter("value", 2, 1), enter("value", 2, 1, 4)],
        "values",
        { 1: 2, 4: 2 },
      ],
      ["a clue stays", [enter("value", 2, 0, 1)], "values", { 1: 2 }],
      ["no such digit", [enter("value", 5, 1), enter("value", 0, 1)], "values", {}],
      ["no such cell", [enter("value", 2, 16, -1, 0.5)], "values", {}],
      ["corner marks", [enter("corner", 2, 1), enter("corner", 4, 1)], "corner", { 1: 0b1010 }],
      ["a corner mark again", [enter("corner", 2, 1), enter("corner", 2, 1)], "corner", {}],
      [
        "a mark that one of two cells has",
        [enter("corner", 2, 1), enter("corner", 2, 1, 4)],
        "corner",
        { 1: 0b10, 4: 0b10 },
      ],
      ["no mark in a clue", [enter("corner", 2, 0), enter("centre", 2, 0)], "corner", {}],
      ["no mark beside a digit", [enter("value", 2, 1), enter("corner", 3, 1)], "corner", {}],
      ["a centre mark", [enter("centre", 4, 1)], "centre", { 1: 0b1000 }],
      ["a colour, also for a clue", [enter("colour", 9, 0, 1)], "colours", { 0: 256, 1: 256 }],
      ["no tenth colour", [enter("colour", 10, 0)], "colours", {}],
      ["colours add up", [enter("colour", 1, 1), enter("colour", 3, 1)], "colours", { 1: 0b101 }],
    ];
  for (const [name, actions, list, cells] of cases) {
    const { position, puzzle } = play(gameOn(4), ...actions);
    const expected = puzzle.givens.map((given, cell) =>
      cells[cell] ?? (list === "values" ? given : 0)
    );
    assertEquals(position[list], expected, name);
  }
});

Deno.test("the selected cells receive the digit", () => {
  const { position } = play(
    gameOn(4),
    { type: "select", cells: [4, 1], how: "replace" },
    { type: "enter", as: "value", digit: 3 },
  );
  assertEquals([position.values[1], position.values[4]], [3, 3]);
});

Deno.test("a digit removes its marks only from the cells that see it", () => {
  const marked = play(gameOn(4), enter("corner", 2, 1, 3, 4, 8, 11), enter("centre", 2, 1, 4, 11));
  const cleaned = play(marked, enter("value", 2, 5)).position;
  // Cell 5 sees the cells 1 and 4, but not the cells 3, 8 and 11.
  assertEquals([1, 3, 4, 8, 11].map((cell) => cleaned.corner[cell]), [0, 2, 0, 2, 2]);
  assertEquals([1, 4, 11].map((cell) => cleaned.centre[cell]), [0, 0, 2]);
  const kept = play(marked, { ...enter("value", 2, 5), cleanNotes: false }).position;
  assertEquals(kept.corner, marked.position.corner);
});

Deno.test("marks lie under a digit until it is removed", () => {
  const { position } = play(
    gameOn(4),
    enter("corner", 3, 1),
    enter("value", 2, 1),
    { type: "erase", cells: [1] },
  );
  assertEquals([position.values[1], position.corner[1]], [0, 0b100]);
});

Deno.test("erasing removes digits, then marks, then colours", () => {
  let game = play(
    gameOn(4),
    enter("corner", 3, 1),
    enter("centre", 4, 4),
    enter("colour", 1, 0, 1),
    enter("value", 2, 5),
  );
  const cells = [0, 1, 4, 5];
  const seen: number[][] = [];
  for (let round = 0; round < 4; round++) {
    const { values, corner, centre, colours } = game.position;
    seen.push([values[0], values[5], corner[1], centre[4], colours[0], colours[1]]);
    game = play(game, { type: "erase", cells });
  }
  assertEquals(seen, [
    [1, 2, 4, 8, 1, 1],
    [1, 0, 4, 8, 1, 1],
    [1, 0, 0, 0, 1, 1],
    [1, 0, 0, 0, 0, 0],
  ]);
  assertStrictEquals(play(game, { type: "erase", cells }), game);
});

Deno.test("clearing keeps clues, selection and automatic notes", () => {
  const { position } = play(
    gameOn(4),
    { type: "autoNotes", on: true },
    enter("value", 2, 1),
    enter("centre", 3, 4),
    enter("colour", 1, 0),
    { type: "select", cells: [3], how: "replace" },
    { type: "clear" },
  );
  const blank = gameOn(4).position;
  assertEquals(position, { ...blank, autoNotes: true, selection: [3], cursor: 3 });
});

Deno.test("clearing colours keeps everything else", () => {
  const before = play(gameOn(4), enter("value", 2, 1), enter("corner", 3, 4));
  const after = play(before, enter("colour", 1, 0, 4), { type: "clearColours" });
  assertEquals(after.position, before.position);
});

Deno.test("the board does not change while the game is paused or after it is finished", () => {
  const paused = play(gameOn(4), enter("value", 2, 1), { type: "pause" });
  const finished = solveAll(gameOn(4));
  const edits: Action[] = [
    enter("value", 3, 5),
    enter("colour", 3, 5),
    { type: "erase", cells: [1] },
    { type: "clear" },
    { type: "autoNotes", on: true },
    { type: "countHint" },
    { type: "applyHint", placements: [{ cell: 5, digit: 4 }], removals: [] },
  ];
  for (const edit of edits) {
    assertStrictEquals(play(paused, edit), paused, edit.type);
    assertStrictEquals(play(finished, edit), finished, edit.type);
  }
  assertStrictEquals(play(paused, { type: "undo" }), paused);
});

function enter(as: Layer, digit: number, ...cells: number[]): Extract<Action, { type: "enter" }> {
  return { type: "enter", as, digit, cells };
}
