import { assertEquals, assertGreater, assertLess } from "@std/assert";
import { boardChart, digChart, type DigTurn } from "../../../lib/notebooks/cells/mod.ts";
import { chartFaults } from "../../../lib/notebooks/runner/chart_faults.ts";
import { parseGrid } from "../../../lib/sudoku/mod.ts";
import { drawnItems } from "../../support/drawn_chart.ts";

const puzzle = parseGrid("1... ..2. .3.. ...4");
const solution = parseGrid("1243342143122134");

Deno.test("a board shows each digit in its cell, rows from top to bottom", async () => {
  const spec = boardChart([{ title: "a board", grid: puzzle }], { title: "Boards", cell: 20 });
  assertEquals(await chartFaults(spec), []);
  const digits = (await drawnItems(spec, "text")).map(({ text, x, y }) => [text, x, y]);
  assertEquals(digits, [[1, 10, 10], [2, 50, 30], [3, 30, 50], [4, 70, 70]]);
});

Deno.test("boxes have lines on all sides, even in 6x6 boards, where they are wider than high", async () => {
  const grid = parseGrid(".".repeat(36));
  const spec = boardChart([{ title: "", grid }], { title: "", cell: 10 });
  const lines = await drawnItems(spec, "rule");
  const places = (isUpright: boolean) =>
    lines.filter(({ x, x2 }) => (x2 === undefined || x === x2) === isUpright)
      .map(({ x, y }) => Number(isUpright ? x : y)).sort((a, b) => a - b);
  assertEquals([places(true), places(false)], [[0, 30, 60], [0, 20, 40, 60]]);
});

Deno.test("notes are shown in empty cells only, and struck ones are crossed out", async () => {
  const notes = new Uint16Array(16).fill(0b1111);
  const struck = [{ cell: 1, digit: 4 }];
  const spec = boardChart([{ title: "", grid: puzzle, notes, struck }], { title: "", cell: 40 });
  assertEquals(await chartFaults(spec), []);
  const texts = await drawnItems(spec, "text");
  assertEquals(texts.length, 4 + 12 * 4);
  const [cross, ...others] = await drawnItems(spec, "symbol");
  assertEquals(others, []);
  const red = texts.filter(({ fill }) => fill === "#b30000");
  // The fourth note lies at the lower right of the cell in row 1, column 2.
  assertEquals(red.map(({ text, x, y }) => [text, x, y]), [[4, cross.x, cross.y]]);
  assertEquals([cross.x, cross.y], [70, 30]);
});

Deno.test("highlighted cells have a different background", async () => {
  const looks = new Map([[5, "effect" as const]]);
  const spec = boardChart([{ title: "", grid: puzzle, looks }], { title: "", cell: 20 });
  const grounds = (await drawnItems(spec, "rect")).map(({ fill }) => fill);
  assertEquals(new Set(grounds).size, 2);
  assertEquals(grounds.indexOf("#ffd9b8"), 5);
  assertEquals(grounds.lastIndexOf("#ffd9b8"), 5);
});

Deno.test("the slider shows turn by turn which clues are left", async () => {
  const turns: DigTurn[] = [
    { cell: 0, gone: true },
    { cell: 1, gone: false },
    { cell: 2, gone: true },
  ];
  const spec = digChart(solution, turns, { title: "Digging" });
  assertEquals(await chartFaults(spec), []);
  const cases: [turn: number, clues: number, faint: number, line: string][] = [
    [0, 16, 0, "turn 0 of 3: 16 clues left"],
    [1, 15, 1, "turn 1 of 3: 15 clues left"],
    [2, 15, 0, "turn 2 of 3: 15 clues left"],
    [3, 14, 1, "turn 3 of 3: 14 clues left"],
  ];
  for (const [turn, clues, faint, line] of cases) {
    const texts = await drawnItems(spec, "text", { turn });
    const digits = texts.filter(({ text }) => /^\d$/.test(String(text)));
    const shown = (from: number, to: number) =>
      digits.filter(({ opacity }) => Number(opacity) > from && Number(opacity) <= to).length;
    assertEquals([shown(0.9, 1), shown(0, 0.9)], [clues, faint], line);
    assertEquals(texts.filter(({ text }) => /turn/.test(String(text))).map(({ text }) => text), [
      line,
    ]);
  }
});

Deno.test("a clue that was put back has a different background from one that waits or is being tried", async () => {
  const turns: DigTurn[] = [{ cell: 0, gone: false }, { cell: 1, gone: true }];
  const spec = digChart(solution, turns, { title: "Digging" });
  const [putBack, tried, waiting] = (await drawnItems(spec, "rect", { turn: 2 }))
    .map(({ fill }) => fill);
  assertEquals(new Set([putBack, tried, waiting]).size, 3);
});

Deno.test("four boards fit on a notebook's page", async () => {
  const grid = parseGrid(".".repeat(81));
  const boards = Array.from({ length: 4 }, (_, i) => ({ title: `board ${i}`, grid }));
  const rects = await drawnItems(boardChart(boards, { title: "Boards" }), "rect");
  assertEquals(rects.length, 4 * 81);
  const widths = rects.map(({ x2, x }) => Number(x2 ?? x) - Number(x));
  assertGreater(Math.min(...rects.map(({ width }, i) => Number(width ?? widths[i]))), 15);
  assertLess(Math.max(...rects.map(({ width }, i) => Number(width ?? widths[i]))), 25);
});
