/** What is drawn of a step can be drawn: all of it is on the board, and says what the step says. */
import { assert, assertEquals } from "@std/assert";
import {
  applyStep,
  Board,
  type Candidate,
  nextStep,
  type Step,
} from "../../../../lib/sudoku/mod.ts";
import { drawStep } from "../../../../lib/web/game/hints/draw_step.ts";
import { placeToLook } from "../../../../lib/web/game/hints/place_to_look.ts";
import { walkThrough } from "../../../../lib/web/game/hints/walk_through.ts";
import { ratedPuzzles } from "../../../support/sudoku_lists.ts";
import { puzzles } from "../games.ts";

interface Found {
  readonly step: Step;
  readonly board: Board;
}

/** The first step of every kind of reason that rated puzzles come to, with its board. */
const found = collect();

Deno.test("there is a step of nearly every kind to draw", () => {
  assert(found.size >= 12, [...found.keys()].join(", "));
});

Deno.test("candidates of a pattern and of a removal are on the board", () => {
  for (const [kind, { step, board }] of found) {
    const { pattern, removals } = drawStep(step, board);
    for (const candidate of [...pattern, ...removals]) assert(isOn(board, candidate), kind);
    if (!("chains" in step.reason)) assert(pattern.length > 0, kind);
  }
});

Deno.test("the claims of a chain are drawn, each with an arrow from what forces it", () => {
  let chains = 0;
  for (const [kind, { step, board }] of found) {
    const { claims, arrows } = drawStep(step, board);
    if (!("chains" in step.reason)) {
      assertEquals(claims, []);
      continue;
    }
    chains++;
    assertEquals(claims.length, step.reason.chains.flat().length);
    for (const { cell, digit } of claims) assert(isOn(board, { cell, digit }), kind);
    step.reason.chains.forEach((links, chain) => {
      const own = arrows.filter((arrow) => arrow.chain === chain);
      assertEquals(own.length, links.flatMap(({ because }) => because).length);
      const [assumption, ...rest] = links;
      assertEquals(assumption.because, []);
      for (const link of rest) assert(own.some(({ to }) => isSame(to, link)), kind);
      for (const { from, kind: way } of own) {
        assert(links.some((link) => isSame(from, link)));
        assertEquals(way, "implies");
      }
    });
  }
  assert(chains >= 3, `${chains} kinds of chains`);
});

Deno.test("a strong link is drawn between two places of its unit", () => {
  const { step, board } = found.get("strong links")!;
  assert(step.reason.kind === "strong links");
  const { arrows } = drawStep(step, board);
  assertEquals(arrows.length, step.reason.links.length);
  step.reason.links.forEach(({ unit }, index) => {
    const { from, to, kind } = arrows[index];
    assertEquals(kind, "either");
    for (const { cell } of [from, to]) assert(board.shape.units[unit].includes(cell));
    assert(from.cell !== to.cell);
  });
});

Deno.test("where to look holds what the step changes or rests on", () => {
  for (const [kind, { step }] of found) {
    const { cells } = placeToLook(step);
    const changed = [...step.placements, ...step.removals].map(({ cell }) => cell);
    assert([...step.cells, ...changed].some((cell) => cells.includes(cell)), kind);
  }
});

Deno.test("a whole puzzle is explained, board by board", () => {
  for (const { size, givens, solution } of Object.values(puzzles)) {
    const told: number[] = [];
    const { stages, isSolved } = walkThrough(size, givens, (_, empty) => told.push(empty));
    assert(isSolved);
    assertEquals(stages[0].values, givens);
    assertEquals(stages.at(-1)!.values, solution);
    assertEquals(stages.map(({ hint }) => hint === null).indexOf(true), stages.length - 1);
    assertEquals(told.length, stages.length - 1);
    assertEquals(told.at(-1), 0);
    stages.slice(1).forEach(({ values }, index) => {
      const { placements } = stages[index].hint!.drawing;
      const before = [...stages[index].values];
      for (const { cell, digit } of placements) before[cell] = digit;
      assertEquals(values, before);
    });
  }
});

Deno.test("a puzzle beyond the techniques is explained as far as they go", () => {
  const hardest =
    "1.......2.9.4...5...6...7...5.9.3.......7.......85..4.7.....6...3...9.8...2.....1";
  const { stages, isSolved } = walkThrough(9, [...hardest].map((sign) => Number(sign) || 0));
  assertEquals(isSolved, false);
  assertEquals(stages.at(-1)!.hint, null);
});

function collect(): ReadonlyMap<string, Found> {
  const byKind = new Map<string, Found>();
  for (const { grid } of ratedPuzzles().slice(0, 40)) {
    const board = Board.of(grid);
    for (let step = nextStep(board); step; step = nextStep(board)) {
      const { kind } = step.reason;
      if (!byKind.has(kind)) byKind.set(kind, { step, board: board.copy() });
      applyStep(board, step);
    }
  }
  return byKind;
}

function isOn(board: Board, { cell, digit }: Candidate): boolean {
  return (board.candidates[cell] >> digit - 1 & 1) === 1;
}

function isSame(a: Candidate, b: Candidate): boolean {
  return a.cell === b.cell && a.digit === b.digit;
}
