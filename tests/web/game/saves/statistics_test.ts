import { assertEquals } from "@std/assert";
import type { Action } from "../../../../lib/web/game/play/action.ts";
import type { Level } from "../../../../lib/sudoku/mod.ts";
import type { PlayedPuzzle } from "../../../../lib/web/game/play/puzzle.ts";
import { newGame } from "../../../../lib/web/game/play/game.ts";
import { reduce } from "../../../../lib/web/game/play/reduce.ts";
import { resultOf } from "../../../../lib/web/game/saves/results.ts";
import type { Result } from "../../../../lib/web/game/saves/schema.ts";
import { statisticsOf } from "../../../../lib/web/game/saves/statistics.ts";
import {
  daysBetween,
  nextDay,
  solvedDays,
  streakOf,
} from "../../../../lib/web/game/saves/streak.ts";
import { after, gameOn, play, puzzles, solveAll, start } from "../games.ts";

Deno.test("a game has a result from its first move on", () => {
  const enter: Action = { type: "enter", as: "corner", digit: 1, cells: [1] };
  assertEquals(resultOf(gameOn(4), after(5)), undefined);
  assertEquals(resultOf(play(gameOn(4), { type: "move", to: "down" }), after(5)), undefined);
  const moved = play(gameOn(4), enter);
  const expected: Result = {
    id: "a-game",
    size: 4,
    level: null,
    daily: null,
    startedOn: "2026-11-26",
    finishedOn: null,
    time: 5000,
    hintsTaken: 0,
  };
  assertEquals(resultOf(moved, after(5)), expected);
  assertEquals(resultOf(play(moved, { type: "undo" }), after(5)), expected);
});

Deno.test("a result has the requested level, or else the rated one", () => {
  const rating = { level: "medium", value: 2.3, hardest: "Naked single" } as const;
  const daily = { kind: "daily", level: "easy", date: "2026-11-25" } as const;
  const rated = { ...puzzles[4], rating };
  const asked = { kind: "level", level: "hard", seed: "1" } as const;
  const cases: [puzzle: PlayedPuzzle, level: Level | null, daily: string | null][] = [
    [{ ...rated, origin: daily }, "easy", "2026-11-25"],
    [{ ...puzzles[4], origin: asked }, "hard", null],
    [rated, "medium", null],
    [puzzles[4], null, null],
  ];
  for (const [puzzle, level, day] of cases) {
    const result = resultOf(solveAll(newGame(puzzle, "x", start)), after(60))!;
    assertEquals([result.level, result.daily], [level, day]);
  }
});

Deno.test("a finished game's result has the date of its end and its time", () => {
  const nearly = solveAll(gameOn(4), 1);
  const cell = nearly.position.values.indexOf(0);
  const digit = nearly.puzzle.solution[cell];
  const end = { ...after(600), date: "2026-11-27" };
  const done = reduce(nearly, { type: "enter", as: "value", digit, cells: [cell] }, end);
  const { finishedOn, time } = resultOf(done, after(9999))!;
  assertEquals([finishedOn, time], ["2026-11-27", 600_000]);
});

Deno.test("statistics count by size and level, and only times without hints count", () => {
  const results: Result[] = [
    result({ time: 100 }),
    result({ time: 301 }),
    result({ time: 5, hintsTaken: 1 }),
    result({ time: 1, finishedOn: null }),
    result({ level: "hard", finishedOn: null }),
    result({ size: 4, level: null, time: 50 }),
  ];
  const none = { best: null, mean: null };
  assertEquals(statisticsOf(results), [
    { size: 4, level: null, played: 1, won: 1, wonWithoutHints: 1, best: 50, mean: 50 },
    { size: 9, level: "easy", played: 4, won: 3, wonWithoutHints: 2, best: 100, mean: 201 },
    { size: 9, level: "hard", played: 1, won: 0, wonWithoutHints: 0, ...none },
  ]);
  assertEquals(statisticsOf([]), []);
});

Deno.test("consecutive days are counted in the player's own calendar", () => {
  const cases: [name: string, days: string[], today: string, current: number, longest: number][] = [
    ["nothing", [], "2026-11-26", 0, 0],
    ["today", ["2026-11-26"], "2026-11-26", 1, 1],
    ["yesterday, today still open", ["2026-11-24", "2026-11-25"], "2026-11-26", 2, 2],
    ["the day before, which is over", ["2026-11-23", "2026-11-24"], "2026-11-26", 0, 2],
    ["a gap", ["2026-11-23", "2026-11-25", "2026-11-26"], "2026-11-26", 2, 2],
    ["a longer row before", ["2026-11-01", "2026-11-02", "2026-11-26"], "2026-11-26", 1, 2],
    ["across a year", ["2026-12-31", "2027-01-01"], "2027-01-01", 2, 2],
    ["a leap day", ["2028-02-28", "2028-02-29", "2028-03-01"], "2028-03-01", 3, 3],
    // In spring, one day has 23 hours.
    ["summer time", ["2026-03-28", "2026-03-29", "2026-03-30"], "2026-03-30", 3, 3],
    // Flying west across the date line skips a day, and flying east repeats one.
    ["a today that was yesterday before", ["2026-11-26"], "2026-11-25", 1, 1],
  ];
  for (const [name, days, today, current, longest] of cases) {
    const results = days.map((daily) => result({ daily, startedOn: daily, finishedOn: daily }));
    assertEquals(streakOf(results.toReversed(), today), { current, longest }, name);
  }
});

Deno.test("only puzzles solved in time count for the streak, but the archive shows all solved ones", () => {
  const cases: [started: string, finished: string | null, inTime: boolean][] = [
    ["2026-11-20", "2026-11-20", true],
    ["2026-11-20", "2026-11-21", true],
    ["2026-11-20", "2026-11-22", false],
    ["2026-11-21", "2026-11-21", false],
    ["2026-11-20", null, false],
  ];
  for (const [startedOn, finishedOn, inTime] of cases) {
    const results = [result({ daily: "2026-11-20", startedOn, finishedOn })];
    assertEquals(streakOf(results, "2026-11-20").current, inTime ? 1 : 0, `${finishedOn}`);
    assertEquals(solvedDays(results), finishedOn ? ["2026-11-20"] : []);
  }
});

Deno.test("two levels of one day count as one day", () => {
  const day = { daily: "2026-11-26", startedOn: "2026-11-26", finishedOn: "2026-11-26" };
  const results = [result(day), result({ ...day, level: "hard" })];
  assertEquals(streakOf(results, "2026-11-26"), { current: 1, longest: 1 });
  assertEquals(solvedDays(results), ["2026-11-26"]);
});

Deno.test("days follow each other through every month", () => {
  const year = daysBetween("2027-12-30", "2029-01-01");
  assertEquals(year.length, 369);
  assertEquals([year[0], year.at(-1)], ["2027-12-30", "2029-01-01"]);
  assertEquals(new Set(year).size, year.length);
  assertEquals(nextDay("2026-12-31"), "2027-01-01");
  assertEquals(daysBetween("2026-11-27", "2026-11-26"), []);
});

let count = 0;

function result(parts: Partial<Result>): Result {
  return {
    id: `game-${count++}`,
    size: 9,
    level: "easy",
    daily: null,
    startedOn: "2026-11-26",
    finishedOn: "2026-11-26",
    time: 1000,
    hintsTaken: 0,
    ...parts,
  };
}
