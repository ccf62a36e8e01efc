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

/**
 * For each kind of reason, the first step in the solutions of the rated puzzles that has such a
 * reason, together with the board before this step.
 */
const found = collect();

Deno.test("rated puzzles contain a step of nearly every kind", () => {
  assert(found.size >= 12, [...found.keys()].join(", "));
});

Deno.test("candidates of a pattern and of a removal are on the board", () => {
  for (const [kind, { step, board }] of found) {
    const { pattern, removals } = drawStep(step, board);
    for (const candidate of [...pattern, ...removals]) assert(isOn(board, candidate), kind);
    if (!("chains" in step.reason)) assert(pattern.length > 0, kind);
  }
});

Deno.test("the claims of a chain are drawn, each with an arrow from its cause", () => {
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
      const [assumption, ...rest] = links;
      assertEquals(assumption.because, []);
      for (const link of rest) {
        const forcing = own.filter(({ to }) => isSame(to, link)).map(({ from }) => from);
        for (const position of link.because) {
          assert(forcing.some((from) => isSame(from, links[position])), kind);
        }
      }
      assertEquals(own.length, links.flatMap(({ because }) => because).length);
      assert(own.every((arrow) => arrow.kind === "implies"));
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

Deno.test("the place to look at contains the cells that the step changes or is based on", () => {
  for (const [kind, { step }] of found) {
    const { cells } = placeToLook(step);
    const changed = [...step.placements, ...step.removals].map(({ cell }) => cell);
    assert([...step.cells, ...changed].some((cell) => cells.includes(cell)), kind);
  }
});

Deno.test("the place to look at consists of the step's units, or else of a few boxes", () => {
  const at = (...cells: number[]) => cells.map((cell) => ({ cell, digit: 1 }));
  const cases: [parts: Partial<Step>, units: number[]][] = [
    [{ reason: { kind: "hidden single", unit: 20 } }, [20]],
    [{ reason: { kind: "naked single" }, cells: [40], placements: at(40) }, [22]],
    [{ reason: { kind: "locked candidates", digit: 1, unit: 0, crossing: 18 } }, [0, 18]],
    [{ reason: { kind: "fish", digit: 1, base: [0, 8], cover: [9, 17] } }, [0, 8]],
    // If the step is based on only a few boxes, then those boxes are shown. If the step is based on
    // many boxes, then the boxes that the step changes are shown.
    [{ reason: { kind: "chain", chains: [] }, cells: [0, 80], removals: at(40) }, [18, 26]],
    [
      { reason: { kind: "chain", chains: [] }, cells: [0, 4, 8, 40], removals: at(80, 40) },
      [22, 26],
    ],
    [
      { reason: { kind: "cycle", chains: [] }, cells: [0, 4, 8, 40], removals: at(0, 4, 8, 40) },
      [18, 19, 20],
    ],
  ];
  for (const [parts, units] of cases) {
    const { step } = found.get("hidden single")!;
    const blank = { ...step, cells: [], placements: [], removals: [] };
    assertEquals(placeToLook({ ...blank, ...parts }).units, units, parts.reason!.kind);
  }
});

Deno.test("each board of an explanation has the candidates on which its step is based", () => {
  const [{ grid }] = ratedPuzzles().filter(({ rating }) => rating > 6);
  const { stages } = walkThrough(9, [...grid.values]);
  for (const { notes, hint } of stages) {
    if (hint === null) continue;
    const { pattern, removals, placements } = hint.drawing;
    for (const { cell, digit } of [...pattern, ...removals, ...placements]) {
      assertEquals(notes[cell] >> digit - 1 & 1, 1, hint.sentence);
    }
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

Deno.test("a puzzle beyond the techniques is explained as far as possible", () => {
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
