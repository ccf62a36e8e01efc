/**
 * Tests bivalue universal graves on boards that are made by superimposing two solutions.
 * On such a board, every cell has two candidates, and every digit has two places in each unit. Then
 * some cells get an extra candidate.
 */
import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { Board } from "../../../lib/sudoku/board/board.ts";
import { gridOf } from "../../../lib/sudoku/board/grid.ts";
import { shapeOf, type Size } from "../../../lib/sudoku/board/shape.ts";
import type { Step } from "../../../lib/sudoku/techniques/step.ts";
import { bivalueUniversalGrave } from "../../../lib/sudoku/techniques/uniqueness/bivalue_universal_grave.ts";
import { randomStream } from "../../../lib/random.ts";
import { fullGrid } from "../../support/sudoku_puzzles.ts";

const sizes = [4, 6, 9] as const;

Deno.test("a grave without extra candidates gives no step, and neither does a board that is far from one", () => {
  for (const size of sizes) {
    assertEquals(stepsOn(graveBoard(size, new Map())), []);
    assertEquals(stepsOn(Board.of(gridOf(size, new Array(size * size).fill(0)))), []);
  }
});

Deno.test("if one cell has an extra digit, it holds that digit (type 1, 5.6)", () => {
  for (const size of sizes) {
    for (let cell = 0; cell < size * size; cell += 5) {
      for (const digit of othersOf(size, cell)) {
        const [step, ...more] = stepsOn(graveBoard(size, new Map([[cell, digit]])));
        assertEquals(more, []);
        assertEquals(summary(step), {
          ...{ type: 1, cells: [cell], units: [], extra: [{ cell, digit }] },
          removals: pairOf(size, cell).map((other) => `${cell}:${other}`).sort(),
        });
        assertAlmostEquals(step.rating, 5.6, 1e-9);
      }
    }
  }
});

Deno.test("if two cells have an extra digit, one of them holds it (type 2) or the digit that they share (type 4), both 5.7", () => {
  const types = new Set<number>();
  for (const size of sizes) {
    const random = randomStream(size, "graves");
    for (let attempt = 0; attempt < 60; attempt++) {
      const shape = shapeOf(size);
      const first = random.integer(size * size);
      const second = shape.peers[first][random.integer(shape.peers[first].length)];
      const [one, other] = [first, second].map((cell) => {
        const digits = othersOf(size, cell);
        return digits[random.integer(digits.length)];
      });
      const extras = new Map([[first, one], [second, other]]);
      const board = graveBoard(size, extras);
      const wanted = easiestOf(board, extras).filter(({ removals }) => removals.length > 0);
      if (wanted.length === 0) continue;
      const steps = stepsOn(board);
      for (const { rating } of steps) assertAlmostEquals(rating, 5.7, 1e-9);
      const found = steps.map(summary)
        .map(({ type, units, removals }) => ({ type, units, removals }));
      assertEquals(sorted(found), sorted(wanted));
      for (const { type } of wanted) types.add(type);
    }
  }
  assertEquals([...types].sort(), [2, 4]);
});

/** Finds the easiest steps of types 2 and 4, straight from the definitions of the types. */
function easiestOf(board: Board, extras: ReadonlyMap<number, number>) {
  const { shape } = board;
  const [[first, one], [second, other]] = extras;
  const steps: { type: number; units: readonly number[]; removals: string[] }[] = [];
  const sees = (a: number, b: number) => shape.peers[a].includes(b);
  if (one === other) {
    const cells = [...board.candidates.keys()].filter((cell) =>
      board.candidates[cell] >> (one - 1) & 1 && sees(cell, first) && sees(cell, second)
    );
    steps.push({ type: 2, units: [], removals: cells.map((cell) => `${cell}:${one}`).sort() });
  }
  const [a, b] = [first, second].map((cell) => pairOf(shape.size, cell));
  const shared = a.filter((digit) => b.includes(digit) && digit !== one && digit !== other);
  if (shared.length === 1) {
    const gone = (cell: number, pair: readonly number[], extra: number) =>
      pair.filter((digit) => digit !== shared[0] && digit !== extra)
        .map((digit) => `${cell}:${digit}`);
    const removals = [...gone(first, a, one), ...gone(second, b, other)].sort();
    for (const unit of shape.unitsOf[first]) {
      if (shape.unitsOf[second].includes(unit)) steps.push({ type: 4, units: [unit], removals });
    }
  }
  return steps;
}

function stepsOn(board: Board): readonly Step[] {
  return [...bivalueUniversalGrave.steps(board)];
}

function summary({ reason, cells, units, removals, ...step }: Step) {
  assert(reason.kind === "bivalue universal grave");
  assertEquals([step.technique, step.presumesUniqueness, step.placements], [
    ...["Bivalue universal grave", true, []],
  ]);
  return {
    ...{ type: reason.type, cells, units, extra: reason.extra },
    removals: removals.map(({ cell, digit }) => `${cell}:${digit}`).sort(),
  };
}

function sorted(steps: readonly unknown[]): string[] {
  return steps.map((step) => JSON.stringify(step)).sort();
}

function pairOf(size: Size, cell: number): number[] {
  const digit = fullGrid(size)[cell];
  return [digit, digit % size + 1];
}

function othersOf(size: Size, cell: number): number[] {
  const pair = pairOf(size, cell);
  return Array.from({ length: size }, (_, i) => i + 1).filter((digit) => !pair.includes(digit));
}

function graveBoard(size: Size, extras: ReadonlyMap<number, number>): Board {
  const notes = Array.from({ length: size * size }, (_, cell) => {
    const digits = [...pairOf(size, cell), extras.get(cell) ?? []].flat();
    return digits.reduce((mask, digit) => mask | 1 << (digit - 1), 0);
  });
  return Board.withNotes(gridOf(size, new Array(size * size).fill(0)), notes);
}
