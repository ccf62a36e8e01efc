import { assert, assertEquals, assertStrictEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { findConflict, gridOf } from "../../../../lib/sudoku/mod.ts";
import type { Action, Direction } from "../../../../lib/web/game/play/action.ts";
import { GameError, type GameErrorCode } from "../../../../lib/web/game/game_error.ts";
import { isFinished, isPaused } from "../../../../lib/web/game/play/game.ts";
import { isDay, momentOf } from "../../../../lib/web/game/play/moment.ts";
import {
  conflictsOf,
  emptyCells,
  highlightOf,
  mistakesOf,
  remainingOf,
} from "../../../../lib/web/game/play/observe.ts";
import { readOwnPuzzle } from "../../../../lib/web/game/play/read_puzzle.ts";
import { reduce } from "../../../../lib/web/game/play/reduce.ts";
import { elapsed } from "../../../../lib/web/game/play/timer.ts";
import { after, anyGame, gameOn, play, puzzles, solveAll } from "../games.ts";

Deno.test("the player's puzzles are read in every form, or refused with the reason", () => {
  const norvig =
    ".....5.8....6.1.43..........1.5........1.6...3.......553.....61........4.........";
  const cases: [text: string, code: GameErrorCode | "fine"][] = [
    ["1... ..2. .3.. ...4", "fine"],
    ["1 0 | 0 0\n0 0 | 2 0\n----+----\n0 3 | 0 0\n0 0 | 0 4", "fine"],
    ["", "not a grid"],
    ["1...", "not a grid"],
    ["1... ..2. .3.. ...5", "not a grid"],
    ["<img src=x onerror=alert(1)>", "not a grid"],
    [".".repeat(1_000_000), "not a grid"],
    ["11.. .... .... ....", "conflict"],
    ["1243 3421 4312 2134", "full"],
    ["123. ...4 .... ....", "no solution"],
    [norvig, "no solution"],
    ["1... .... .... ....", "several solutions"],
    [".".repeat(36), "several solutions"],
    [".".repeat(81), "several solutions"],
    [`12345678.${".".repeat(72)}`, "several solutions"],
  ];
  for (const [text, code] of cases) {
    const name = text.slice(0, 40);
    if (code === "fine") assertEquals(readOwnPuzzle(text), puzzles[4], name);
    else assertEquals(assertThrows(() => readOwnPuzzle(text), GameError).code, code, name);
  }
});

Deno.test("the cursor moves as directed and stops at the edge", () => {
  const cases: [from: number, to: Direction, cell: number][] = [
    [5, "up", 1],
    [1, "up", 1],
    [5, "down", 9],
    [13, "down", 13],
    [5, "left", 4],
    [4, "left", 4],
    [5, "right", 6],
    [7, "right", 7],
    [6, "row start", 4],
    [5, "row end", 7],
    [9, "first", 0],
    [9, "last", 15],
  ];
  for (const [from, to, cell] of cases) {
    const at = play(gameOn(4), { type: "select", cells: [from], how: "replace" });
    const { cursor, selection } = play(at, { type: "move", to }).position;
    assertEquals([cursor, selection], [cell, [cell]], `${from} ${to}`);
    const wider = play(at, { type: "move", to, extend: true }).position;
    assertEquals(new Set(wider.selection), new Set([from, cell]), `${from} ${to}, extended`);
  }
});

Deno.test("a selection can be replaced, extended, reduced and toggled, and has each cell once, in order", () => {
  const cases: [how: "replace" | "add" | "remove" | "toggle", cells: number[], is: number[]][] = [
    ["replace", [9, 1, 9], [1, 9]],
    ["replace", [], []],
    ["add", [7, 5], [5, 6, 7]],
    ["remove", [6, 8], [5]],
    ["toggle", [6, 4], [4, 5]],
    ["add", [16, -1, 1.5, NaN], [5, 6]],
  ];
  const before = play(gameOn(4), { type: "select", cells: [5, 6], how: "replace" });
  for (const [how, cells, selection] of cases) {
    const { position } = play(before, { type: "select", cells, how });
    assertEquals(position.selection, selection, `${how} ${cells}`);
  }
});

Deno.test("the clock runs while the game is running", () => {
  const at = (seconds: number, action: Action, game = gameOn(4)) =>
    reduce(game, action, after(seconds));
  const paused = at(10, { type: "pause" });
  assertEquals(elapsed(paused.timer, after(99).time), 10_000);
  assert(isPaused(paused));
  assertStrictEquals(at(20, { type: "pause" }, paused), paused);
  const resumed = at(100, { type: "resume" }, paused);
  assertEquals(elapsed(resumed.timer, after(105).time), 15_000);
  assertStrictEquals(at(110, { type: "resume" }, resumed), resumed);
  // Setting the system clock back loses no time.
  assertEquals(elapsed(resumed.timer, after(-1000).time), 10_000);
});

Deno.test("a game ends exactly when the last right digit is entered", () => {
  const nearly = solveAll(gameOn(4), 1);
  assert(!isFinished(nearly));
  const [cell] = nearly.position.values.flatMap((value, index) => value === 0 ? [index] : []);
  const right = nearly.puzzle.solution[cell];
  const enter = (digit: number): Action => ({ type: "enter", as: "value", digit, cells: [cell] });
  const wrong = reduce(nearly, enter(right % 4 + 1), after(50));
  assert(!isFinished(wrong));
  assertEquals(mistakesOf(wrong), [cell]);
  const tomorrow = { ...after(60), date: "2026-11-27" };
  const done = reduce(wrong, enter(right), tomorrow);
  assertEquals([done.finishedOn, isPaused(done)], ["2026-11-27", false]);
  assertEquals(elapsed(done.timer, after(1000).time), 60_000);
  assertStrictEquals(reduce(done, { type: "resume" }, after(70)), done);
});

Deno.test("the last digit may come from a hint", () => {
  const nearly = solveAll(gameOn(4), 1);
  const cell = nearly.position.values.indexOf(0);
  const placements = [{ cell, digit: nearly.puzzle.solution[cell] }];
  assert(isFinished(play(nearly, { type: "applyHint", placements, removals: [] })));
});

Deno.test("hints are counted, and undo does not change the count", () => {
  const game = play(gameOn(4), { type: "countHint" }, enter(2, 1), { type: "countHint" });
  assertEquals(play(game, { type: "undo" }).hintsTaken, 2);
});

Deno.test("a rating is stored with the puzzle and changes nothing else", () => {
  const rating = { level: "easy", value: 1.2, hardest: "Hidden single" } as const;
  const { puzzle, ...rest } = play(gameOn(4), { type: "rate", rating });
  const { puzzle: before, ...restBefore } = gameOn(4);
  assertEquals([puzzle, rest], [{ ...before, rating }, restBefore]);
});

Deno.test("conflicts are pairs that lib/sudoku also finds", () => {
  fc.assert(fc.property(anyGame, (game) => {
    const { position: { values }, puzzle: { size } } = game;
    const pairs = conflictsOf(game);
    const known = findConflict(gridOf(size, values));
    assertEquals(pairs.length > 0, known !== undefined);
    if (known) assert(pairs.some(({ cells }) => cells.join() === known.cells.join()));
    for (const { digit, cells: [first, second] } of pairs) {
      assertEquals([values[first], values[second]], [digit, digit]);
      assert(first < second);
    }
  }));
});

Deno.test("three equal digits in a row are three conflicts", () => {
  const pairs = conflictsOf(play(gameOn(4), enter(3, 1, 2, 3)));
  assertEquals(pairs.map(({ cells }) => cells.join(" ")), ["1 2", "1 3", "1 9", "2 3"]);
});

Deno.test("missing digits and empty cells are counted", () => {
  const game = play(gameOn(4), enter(3, 1, 2, 3, 5));
  assertEquals(remainingOf(game.position.values, game.puzzle.size), [3, 3, -1, 3]);
  assertEquals(emptyCells(game), 8);
});

Deno.test("mistakes are never clues", () => {
  fc.assert(fc.property(anyGame, (game) => {
    const { givens, solution } = game.puzzle;
    for (const cell of mistakesOf(game)) {
      assertEquals(givens[cell], 0);
      assert(![0, solution[cell]].includes(game.position.values[cell]));
    }
  }));
});

Deno.test("a highlighted digit shows the cells that contain or note it", () => {
  const game = play(
    gameOn(4),
    { type: "enter", as: "corner", digit: 2, cells: [8, 1] },
    { ...enter(2, 1), cleanNotes: false },
    { type: "enter", as: "centre", digit: 2, cells: [12] },
    { type: "highlight", digit: 2 },
  );
  assertEquals(highlightOf(game), { digits: [1, 6], notes: [8, 12] });
  assertEquals(highlightOf(play(game, { type: "highlight", digit: 0 })), { digits: [], notes: [] });
  assertStrictEquals(play(game, { type: "highlight", digit: 5 }), game);
});

Deno.test("a moment has the date of the player's own calendar, even around midnight", () => {
  const before = Deno.env.get("TZ");
  try {
    for (const zone of ["Pacific/Kiritimati", "Europe/Paris", "Pacific/Pago_Pago"]) {
      Deno.env.set("TZ", zone);
      for (const [hour, minute] of [[0, 0], [12, 0], [23, 59]]) {
        const date = new Date(2027, 0, 1, hour, minute);
        assertEquals(momentOf(date), { time: date.getTime(), date: "2027-01-01" }, zone);
      }
    }
  } finally {
    if (before === undefined) Deno.env.delete("TZ");
    else Deno.env.set("TZ", before);
  }
});

Deno.test("only valid dates are accepted", () => {
  const cases: [text: string, isOne: boolean][] = [
    ["2026-11-26", true],
    ["2028-02-29", true],
    ["2026-02-29", false],
    ["2026-02-31", false],
    ["2026-13-01", false],
    ["2026-11-26T00:00", false],
    ["+02026-11-2", false],
  ];
  for (const [text, isOne] of cases) assertEquals(isDay(text), isOne, text);
});

function enter(digit: number, ...cells: number[]): Extract<Action, { type: "enter" }> {
  return { type: "enter", as: "value", digit, cells };
}
