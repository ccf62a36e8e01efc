import { assertEquals, assertStrictEquals } from "@std/assert";
import fc from "fast-check";
import { Board, gridOf } from "../../../../lib/sudoku/mod.ts";
import type { Action } from "../../../../lib/web/game/play/action.ts";
import type { Game } from "../../../../lib/web/game/play/game.ts";
import { bitOf, candidatesInGame, digitsIn, notesOf } from "../../../../lib/web/game/play/notes.ts";
import { anyGame, gameOn, play } from "../games.ts";

// The 4x4 puzzle with the candidates of its empty cells (left), and the numbers of its cells
// (right):
//   1    24  | 34  3      cells  0  1 |  2  3
//   34   4   | 2   13            4  5 |  6  7
//   24   3   | 1   12            8  9 | 10 11
//   2    12  | 13  4            12 13 | 14 15

const automatic: Action = { type: "autoNotes", on: true };
const manual: Action = { type: "autoNotes", on: false };

Deno.test("candidates are the same as on the board of lib/sudoku", () => {
  fc.assert(fc.property(anyGame, ({ position: { values }, puzzle: { size } }) => {
    const { units } = Board.of(gridOf(size, values)).shape;
    const allowed = values.map((value, cell) => {
      if (value > 0) return [];
      const seen = units.filter((unit) => unit.includes(cell))
        .flatMap((unit) => [...unit].map((other) => values[other]));
      return Array.from({ length: size }, (_, index) => index + 1)
        .filter((digit) => !seen.includes(digit));
    });
    assertEquals(candidatesInGame(values, size).map(digitsIn), allowed);
  }));
});

Deno.test("every empty cell shows its candidates after automatic notes are switched on", () => {
  assertEquals(shown(play(gameOn(4), automatic)), [
    ...["-", "24", "34", "3"],
    ...["34", "4", "-", "13"],
    ...["24", "-", "1", "12"],
    ...["2", "12", "13", "-"],
  ]);
});

Deno.test("notes are cleaned and restored automatically, and keep the player's changes", () => {
  const cases: [name: string, actions: Action[], cell: number, notes: string][] = [
    ["a digit cleans", [enter(3, 4)], 2, "34"],
    ["a digit cleans what sees it", [enter(2, 1)], 13, "1"],
    ["taken out, they come back", [enter(2, 1), erase(1)], 13, "12"],
    ["crossed out", [note(1, 13)], 13, "2"],
    ["crossed out, through a digit in its way", [note(2, 13), enter(2, 1), erase(1)], 13, "1"],
    ["crossed out, under a digit of its own", [note(2, 13), enter(1, 13), erase(13)], 13, "1"],
    ["crossed out twice is back", [note(2, 13), note(2, 13)], 13, "12"],
    ["added", [note(3, 13)], 13, "123"],
    ["added, though a digit in sight", [enter(2, 1), note(2, 13)], 13, "12"],
    ["added, when the digit goes", [enter(2, 1), note(2, 13), erase(1)], 13, "12"],
    ["added and crossed out", [enter(2, 1), note(2, 13), erase(1), note(2, 13)], 13, "1"],
    ["added stays when its digit comes", [note(3, 13), enter(3, 12)], 13, "123"],
    ["all erased", [erase(13)], 13, ""],
    ["all erased, but one again", [erase(13), note(1, 13)], 13, "1"],
    ["a hint strikes", [{ type: "applyHint", placements: [], removals: at(13, 2) }], 13, "1"],
  ];
  for (const [name, actions, cell, notes] of cases) {
    assertEquals(shown(play(gameOn(4), automatic, ...actions))[cell], notes, name);
  }
});

Deno.test("switching on keeps marks that are still possible and fills empty cells", () => {
  const game = play(gameOn(4), note(2, 1, 13), note(3, 13), note(4, 2), enter(4, 3), automatic);
  // In cell 13, the mark 2 was possible, but the mark 3 never was. In cell 2, the mark 4 is no
  // longer possible, so the cell is filled with its candidates.
  assertEquals([1, 13, 2, 4].map((cell) => shown(game)[cell]), ["2", "2", "3", "34"]);
});

Deno.test("switching off turns the visible notes into the player's own marks", () => {
  const automated = play(gameOn(4), automatic, note(2, 13), note(3, 11));
  const own = play(automated, manual);
  assertEquals(shown(own), shown(automated));
  // The game no longer restores the marks automatically.
  assertEquals(shown(play(own, enter(4, 1), erase(1)))[2], "3");
  assertStrictEquals(play(own, manual), own);
});

Deno.test("marks under a digit survive automatic notes", () => {
  const game = play(gameOn(4), note(1, 13), enter(2, 13), automatic, manual, erase(13));
  assertEquals(shown(game)[13], "1");
});

Deno.test("marks that are filled once become the player's own", () => {
  const filled = play(gameOn(4), note(1, 1), { type: "fillNotes" });
  assertEquals([1, 2, 13].map((cell) => shown(filled)[cell]), ["1", "34", "12"]);
  assertEquals(shown(play(filled, enter(2, 12), erase(12)))[13], "1");
});

Deno.test("notes that lack the right digit get it back, and others do not change", () => {
  for (const before of [gameOn(4), play(gameOn(4), automatic)]) {
    const { solution } = before.puzzle;
    const [wrong, right] = [1, 13];
    const others = [1, 2, 3, 4].filter((digit) => digit !== solution[wrong]);
    const marked = play(
      before,
      { type: "fillNotes" },
      ...[1, 2, 3, 4].flatMap((digit): Action[] => {
        const isShown = shown(play(before, { type: "fillNotes" }))[wrong].includes(`${digit}`);
        return isShown === others.includes(digit) ? [] : [note(digit, wrong)];
      }),
    );
    assertEquals(shown(marked)[wrong], others.join(""));
    const mended = play(marked, { type: "mendNotes" });
    assertEquals(shown(mended)[wrong], "1234");
    assertEquals(shown(mended)[right], shown(marked)[right]);
    const alone = play(before, { type: "mendNotes" });
    assertEquals(shown(alone), shown(before));
  }
});

Deno.test("a hint that removes candidates from a cell without marks writes the other candidates as marks", () => {
  const struck = play(gameOn(4), {
    type: "applyHint",
    placements: at(5, 4),
    removals: [...at(13, 2), ...at(1, 2)],
  });
  assertEquals([13, 1].map((cell) => shown(struck)[cell]), ["1", ""]);
  assertEquals(struck.position.values[5], 4);
  assertEquals(struck.past.length, 1);
});

Deno.test("notes are never shown in a cell with a digit", () => {
  fc.assert(fc.property(anyGame, ({ position, puzzle }) => {
    const notes = notesOf(position, puzzle.size);
    notes.forEach((mask, cell) => assertEquals(position.values[cell] > 0 && mask > 0, false));
  }));
});

Deno.test("masks and lists of digits convert to each other", () => {
  for (const digits of [[], [1], [9], [2, 4, 9], [1, 2, 3, 4, 5, 6, 7, 8, 9]]) {
    assertEquals(digitsIn(digits.reduce((mask, digit) => mask | bitOf(digit), 0)), digits);
  }
});

function shown({ position, puzzle }: Game): string[] {
  return notesOf(position, puzzle.size).map((mask, cell) =>
    position.values[cell] > 0 ? "-" : digitsIn(mask).join("")
  );
}

function enter(digit: number, ...cells: number[]): Action {
  return { type: "enter", as: "value", digit, cells };
}

function note(digit: number, ...cells: number[]): Action {
  return { type: "enter", as: "centre", digit, cells };
}

function erase(...cells: number[]): Action {
  return { type: "erase", cells };
}

function at(cell: number, digit: number) {
  return [{ cell, digit }];
}
